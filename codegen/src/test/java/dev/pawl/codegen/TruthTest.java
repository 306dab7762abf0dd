package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Inference on two published documents, against what people found out by hand. */
class TruthTest {
  /** Beside the repository, also where this is a worktree of it. */
  private static final Path SHARED =
      Stream.of(Path.of("../../shared"), Path.of("../../../shared"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElse(Path.of("../../shared"));

  private static final Set<String> NOT_CREATES =
      Set.of("action", "attach", "query", "event", "mint", "settings", "update");

  @Test
  void digitalOcean() throws IOException {
    Score score = score("digitalocean", "digitalocean.yaml");

    assertThat(score.created).isGreaterThanOrEqualTo(50);
    assertThat(score.get).isGreaterThanOrEqualTo(48);
    assertThat(score.id).isGreaterThanOrEqualTo(48);
    assertThat(score.falseOnes).isEmpty();
  }

  @Test
  void stripe() throws IOException {
    Score score = score("stripe", "stripe.yaml");

    assertThat(score.created).isGreaterThanOrEqualTo(64);
    assertThat(score.get).isGreaterThanOrEqualTo(63);
    assertThat(score.id).isGreaterThanOrEqualTo(63);
    assertThat(score.falseOnes).isEmpty();
  }

  private record Score(int created, int get, int id, List<String> falseOnes) {}

  private static Score score(String api, String spec) throws IOException {
    Path truth = SHARED.resolve("truth/" + api + ".csv");
    assumeTrue(Files.isRegularFile(truth), "no truth beside the repository at " + truth);
    JsonNode report =
        Codegen.run(CodegenOptions.of(SHARED.resolve("specs/" + spec)).withName(api)).report();
    Map<String, JsonNode> mine = new HashMap<>();
    report.path("resources").forEach(r -> mine.put(blank(r.path("create").asText()), r));
    int created = 0;
    int get = 0;
    int id = 0;
    for (List<String> row : creates(truth)) {
      JsonNode found = mine.get(blank(row.get(1)));
      if (found != null) {
        created++;
        get += blank(found.path("get").asText("")).equals(blank(row.get(2))) ? 1 : 0;
        id += found.path("idPointer").asText("").equals(row.get(3)) ? 1 : 0;
      }
    }
    List<String> falseOnes = new ArrayList<>();
    for (List<String> row : rows(SHARED.resolve("truth/" + api + "-posts.csv"))) {
      if (NOT_CREATES.contains(row.get(1)) && mine.containsKey(blank(row.get(0)))) {
        falseOnes.add(row.get(0));
      }
    }
    return new Score(created, get, id, falseOnes);
  }

  private static List<List<String>> creates(Path file) throws IOException {
    Map<String, List<String>> out = new LinkedHashMap<>();
    rows(file).stream().filter(r -> !r.get(1).isEmpty()).forEach(r -> out.putIfAbsent(r.get(1), r));
    return List.copyOf(out.values());
  }

  /** The first columns hold no quotes or commas. */
  private static List<List<String>> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", 6)))
        .toList();
  }

  /** A null in the report reads as the text "null". */
  private static String blank(String operation) {
    return operation.equals("null") ? "" : operation.replaceAll("\\{[^}]*}", "{}");
  }
}
