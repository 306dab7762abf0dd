package dev.pawl.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/extension-authors.md} shows is what the example and the plugin have. */
class ExtensionAuthorsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "extension-authors.md");
  private static final Path EXAMPLE = Path.of("..", "examples", "extension");
  private static final Pattern SNIPPET =
      Pattern.compile("^ *```(?:java|xml|yaml)\\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern PARAMETER_ROW =
      Pattern.compile("^\\| `(\\w+)` \\| `(pawl\\.\\w+)` \\|", Pattern.MULTILINE);
  private static final Pattern PARAMETER =
      Pattern.compile("<(\\w+) [^>]*>\\$\\{(pawl\\.\\w+)}</\\w+>");

  @Test
  void everySnippetIsInTheExample() throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(EXAMPLE)) {
      for (Path file : all.filter(f -> f.toString().matches(".*\\.(java|xml|yaml)")).toList()) {
        files.add(trimmed(Files.readString(file)));
      }
    }
    List<String> snippets =
        SNIPPET.matcher(Files.readString(PAGE)).results().map(m -> trimmed(m.group(1))).toList();

    assertThat(snippets).hasSizeGreaterThanOrEqualTo(10);
    assertThat(snippets)
        .allSatisfy(
            snippet ->
                assertThat(files)
                    .as("no file of %s has:%n%s", EXAMPLE, snippet)
                    .anyMatch(file -> file.contains(snippet)));
  }

  @Test
  void theTableHasTheGoalsParameters() throws IOException {
    String descriptor = Files.readString(Path.of("target/classes/META-INF/maven/plugin.xml"));

    assertThat(pairs(PARAMETER_ROW, Files.readString(PAGE)))
        .isNotEmpty()
        .isEqualTo(pairs(PARAMETER, descriptor));
  }

  private static TreeSet<String> pairs(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult m) -> m.group(1) + "=" + m.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Without indentation, which a list in the page changes. */
  private static String trimmed(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
