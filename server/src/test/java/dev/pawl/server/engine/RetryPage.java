package dev.pawl.server.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The page {@code docs/retry.md}, as far as it can be done what it says. */
final class RetryPage {
  private static final List<String> LINES = lines();

  private RetryPage() {}

  private static List<String> lines() {
    try {
      return Files.readAllLines(Path.of("..", "docs", "retry.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows below the header that begins so; each row's cells, without backticks. */
  static List<List<String>> table(String header) {
    List<List<String>> rows = new ArrayList<>();
    int at = 0;
    while (!LINES.get(at).startsWith("| " + header)) {
      at++;
    }
    for (at += 2; at < LINES.size() && LINES.get(at).startsWith("|"); at++) {
      String[] cells = LINES.get(at).substring(1).split("\\|", -1);
      rows.add(
          Arrays.stream(cells, 0, cells.length - 1)
              .map(cell -> cell.replace("`", "").strip())
              .toList());
    }
    return rows;
  }

  /** The workflow that the rows speak of. */
  static String workflow() {
    int from = LINES.indexOf("```yaml") + 1;
    List<String> block =
        LINES.subList(from, from + LINES.subList(from, LINES.size()).indexOf("```"));
    int steps = block.indexOf("steps:");
    return Flow.spec(
        String.join("\n", block.subList(0, steps)),
        String.join("\n", block.subList(steps + 1, block.size())).stripIndent());
  }
}
