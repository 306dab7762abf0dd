package dev.pawl.cli.command;

import dev.pawl.cli.failure.CliException;
import dev.pawl.model.Settings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which programs steps may start. */
final class AllowedCommands {
  @Option(
      names = "--allow-command",
      paramLabel = "NAME",
      order = 72,
      description =
          "Lets steps of core/command start this program, by its name without a path; default:"
              + " none. Repeatable.")
  List<String> names = new ArrayList<>();

  /** These programs and those allowed already. */
  Settings with(Settings already) {
    try {
      return already.withCommands(names);
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--allow-command " + e.getMessage());
    }
  }
}
