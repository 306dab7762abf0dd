package dev.pawl.server.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Workflow files for the tests, and what is wrong with them. */
final class Files {
  private Files() {}

  static String webTier() {
    try (var in = Files.class.getResourceAsStream("web-tier.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Problems as {@code line:column path: message}, models included.
   *
   * @return empty when the file is well
   */
  static List<String> problems(String text) {
    try {
      var unused = new WorkflowValidator(Catalog.webTier()).check("workflow.yaml", text);
      return List.of();
    } catch (InvalidWorkflow e) {
      return e.problems().stream()
          .map(p -> p.toString().substring("workflow.yaml:".length()))
          .toList();
    }
  }

  static ParsedWorkflow parsed(String text) {
    try {
      return WorkflowParser.parse("workflow.yaml", text);
    } catch (InvalidWorkflow e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
