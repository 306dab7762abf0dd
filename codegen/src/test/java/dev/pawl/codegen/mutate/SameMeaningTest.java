package dev.pawl.codegen.mutate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.document.TreeReader;
import dev.pawl.model.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** A document written otherwise, but with the same meaning, is understood alike. */
class SameMeaningTest {
  static List<Path> documents() {
    List<Path> out = new ArrayList<>(SeedDocuments.traps());
    out.addAll(SeedDocuments.published(500_000));
    return out;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void orderSaysNothing(Path path) {
    JsonNode document = TreeReader.read(path);

    assertSame(Outcome.of(Rewrite.reversed(document)), Outcome.of(document));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void jsonIsYaml(Path path) {
    JsonNode document = TreeReader.read(path);
    Object plain = Json.mapper().convertValue(document, Object.class);
    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(plain);

    Outcome outcome = Outcome.of(document);
    assertSame(Outcome.of(TreeReader.parse("it.json", Json.write(document))), outcome);
    assertSame(Outcome.of(TreeReader.parse("it.yaml", yaml)), outcome);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void version31IsVersion30(Path path) {
    JsonNode document = TreeReader.read(path);
    assumeTrue(document.path("openapi").asText().startsWith("3.0"), "not of version 3.0");

    assertSame(Outcome.of(Version31.of(document)), Outcome.of(document));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void namesOfOperationsDecideNothing(Path path) {
    JsonNode document = TreeReader.read(path);

    assertThat(Outcome.reportOf(Rewrite.withoutOperationIds(document)))
        .isEqualTo(Outcome.reportOf(document));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void referencesAreWhatTheyReferTo(Path path) {
    JsonNode document = TreeReader.read(path);
    String report = Outcome.reportOf(document);
    JsonNode inlined = Inline.of(document);

    if (inlined != null) {
      assertThat(Outcome.reportOf(inlined)).isEqualTo(report);
    }
    assertThat(Outcome.reportOf(Rewrite.bundled(document))).isEqualTo(report);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void parametersMayBeSpeltOtherwise(Path path) {
    JsonNode document = TreeReader.read(path);
    JsonNode renamed = Rewrite.renamed(document, n -> n.isEmpty() ? n : n + "_");

    assertThat(blank(Outcome.reportOf(renamed))).isEqualTo(blank(Outcome.reportOf(document)));
  }

  /** A report without the names of path parameters. */
  private static String blank(String report) {
    return report
        .replaceAll("\\{[^{}\\s]*}", "{}")
        .replaceAll("(\"itemParameter\" : \")[^\"]*", "$1")
        .replaceAll("(\"parents\" : \\[)[^\\]]*", "$1");
  }

  private static void assertSame(Outcome changed, Outcome expected) {
    assertThat(changed.report()).isEqualTo(expected.report());
    assertThat(changed.files().keySet()).isEqualTo(expected.files().keySet());
    expected
        .files()
        .forEach((path, text) -> assertThat(changed.files().get(path)).as(path).isEqualTo(text));
  }
}
