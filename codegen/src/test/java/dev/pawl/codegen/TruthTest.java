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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Few lines by hand, and nothing is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"digitalocean", "stripe"})
  void withOverridesAllIsThere(String api) throws IOException {
    Score score =
        score(api, api + ".yaml", Path.of("src/test/resources/overrides/" + api + ".yaml"));

    assertThat(score.created).isEqualTo(score.of);
    assertThat(score.update).isEqualTo(score.of);
    assertThat(score.falseOnes).isEmpty();
  }

  private record Score(int of, int created, int get, int id, int update, List<String> falseOnes) {}

  private static Score score(String api, String spec) throws IOException {
    return score(api, spec, null);
  }

  private static Score score(String api, String spec, @Nullable Path overrides) throws IOException {
    Path truth = SHARED.resolve("truth/" + api + ".csv");
    assumeTrue(Files.isRegularFile(truth), "no truth beside the repository at " + truth);
    JsonNode report =
        Codegen.run(
                CodegenOptions.of(SHARED.resolve("specs/" + spec))
                    .withName(api)
                    .withOverrides(overrides))
            .report();
    Map<String, Set<String>> updates = updates(SHARED.resolve("truth/" + api + "-crud.csv"));
    Map<String, JsonNode> mine = new HashMap<>();
    report.path("resources").forEach(r -> mine.put(blank(r.path("create").asText()), r));
    int created = 0;
    int get = 0;
    int id = 0;
    int update = 0;
    List<List<String>> all = creates(truth);
    for (List<String> row : all) {
      JsonNode found = mine.get(blank(row.get(1)));
      if (found != null) {
        created++;
        get += blank(found.path("get").asText("")).equals(blank(row.get(2))) ? 1 : 0;
        String changes = blank(found.path("update").asText(""));
        update += updates.getOrDefault(row.get(1), Set.of("")).contains(changes) ? 1 : 0;
        id += found.path("idPointer").asText("").equals(row.get(3)) ? 1 : 0;
      }
    }
    List<String> falseOnes = new ArrayList<>();
    for (List<String> row : rows(SHARED.resolve("truth/" + api + "-posts.csv"))) {
      if (NOT_CREATES.contains(row.get(1)) && mine.containsKey(blank(row.get(0)))) {
        falseOnes.add(row.get(0));
      }
    }
    return new Score(all.size(), created, get, id, update, falseOnes);
  }

  /** Create → updates, any of which is right; an empty one where there shall be none. */
  private static Map<String, Set<String>> updates(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> head = List.of(lines.get(0).split(","));
    Map<String, Set<String>> out = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      out.put(
          cells[head.indexOf("create_op")],
          Stream.of(cells[head.indexOf("update_ops")].split("[;|]\\s*"))
              .map(TruthTest::blank)
              .collect(Collectors.toSet()));
    }
    return out;
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
