package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.Report;
import dev.pawl.codegen.Traps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is right for whole documents in the styles that APIs are written in, line by line. */
class TrapTableTest {
  private static final Path TABLE = Path.of("src/test/resources/trap-table.txt");

  static Stream<String> documents() throws IOException {
    return table().keySet().stream();
  }

  /** Document → its lines: the resources, then the POSTs that make nothing. */
  private static Map<String, List<String>> table() throws IOException {
    Map<String, List<String>> out = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("== ")) {
        lines = new ArrayList<>();
        out.put(line.substring("== ".length()), lines);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(line);
      }
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void isUnderstoodAsTheTableSays(String document) throws IOException {
    JsonNode report = Report.of(Traps.api(document));
    List<String> lines = new ArrayList<>();
    report.path("resources").forEach(r -> lines.add(line(r)));
    report.path("skipped").forEach(s -> lines.add("- " + s.path("operation").asText()));
    assertThat(lines).containsExactlyInAnyOrderElementsOf(table().get(document));
  }

  private static String line(JsonNode resource) {
    List<String> words = new ArrayList<>();
    words.add(resource.path("resource").asText());
    for (String operation : List.of("create", "get", "list", "update", "delete")) {
      JsonNode found = resource.path(operation);
      words.add(found.isNull() ? "-" : found.asText());
    }
    JsonNode pointer = resource.path("idPointer");
    words.add(pointer.isNull() ? "-" : pointer.asText());
    words.add(resource.path("reconcile").asText() + " " + resource.path("verify").asText());
    return String.join(" | ", words);
  }
}
