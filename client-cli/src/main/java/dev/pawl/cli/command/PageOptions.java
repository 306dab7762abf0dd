package dev.pawl.cli.command;

import dev.pawl.cli.failure.CliException;
import picocli.CommandLine.Option;

/** How much of a list. */
final class PageOptions {
  private static final int MAX = 1000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      order = 60,
      description = "How many at most, 1 to 1000. Default: 50.")
  int limit = 50;

  @Option(
      names = "--page-token",
      paramLabel = "TOKEN",
      order = 61,
      description = "Goes on where an earlier list ended.")
  String token = "";

  int size() {
    if (limit < 1 || limit > MAX) {
      throw CliException.usage("--limit must be 1 to 1000, not " + limit);
    }
    return limit;
  }
}
