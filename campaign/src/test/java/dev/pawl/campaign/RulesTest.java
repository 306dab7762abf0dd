package dev.pawl.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/create-protocol.md} names tests that exist, for every rule of the protocol. */
class RulesTest {
  private static final int RULES = 16;
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|[^|]*\\|([^|]*)\\|$");
  private static final Pattern TEST = Pattern.compile("`([A-Za-z]+)\\.([A-Za-z]+)`");

  @Test
  void everyRuleHasTestsAndTheyExist() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/create-protocol.md"));
    List<MatchResult> rows = ROW.matcher(page).results().toList();
    assertThat(rows.stream().map(r -> Integer.parseInt(r.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, RULES).boxed().toList());

    Map<String, List<Path>> sources = sources();
    for (MatchResult row : rows) {
      List<MatchResult> tests = TEST.matcher(row.group(2)).results().toList();
      assertThat(tests).as("rule %s", row.group(1)).isNotEmpty();
      for (MatchResult test : tests) {
        assertThat(sources.getOrDefault(test.group(1) + ".java", List.of()))
            .as("rule %s: %s", row.group(1), test.group())
            .anyMatch(file -> has(file, test.group(2)));
      }
    }
  }

  private static boolean has(Path file, String method) {
    try {
      return Files.readString(file).contains(" void " + method + "(");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, List<Path>> sources() throws IOException {
    Map<String, List<Path>> out = new HashMap<>();
    for (String module : List.of("model-runtime", "server", "client-cli", "core-models")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files
            .filter(f -> f.toString().endsWith(".java"))
            .forEach(
                f ->
                    out.computeIfAbsent(f.getFileName().toString(), n -> new ArrayList<>()).add(f));
      }
    }
    return out;
  }
}
