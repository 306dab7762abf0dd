package dev.pawl.codegen.mutate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.codegen.document.TreeReader;
import dev.pawl.model.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** A document written otherwise, but with the same meaning, is understood alike. */
class SameMeaningTest {
  private static final long MAX_WHOLE = 500_000;
  private static final long MAX_LARGE = 2_000_000;

  static List<Path> documents() {
    List<Path> out = new ArrayList<>(SeedDocuments.traps());
    out.addAll(SeedDocuments.published(MAX_WHOLE));
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
    Map<String, String> names = Rewrite.pathParameters(document);

    assertThat(blank(Rewrite.renamed(document, names), names.values()))
        .isEqualTo(blank(document, names.keySet()));
  }

  static List<Path> largeDocuments() {
    return SeedDocuments.published(MAX_LARGE).stream()
        .filter(p -> p.toFile().length() > MAX_WHOLE)
        .toList();
  }

  /** Only what is said of them, to save time. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("largeDocuments")
  void largeDocumentsToo(Path path) {
    JsonNode document = TreeReader.read(path);
    String report = Outcome.reportOf(document);
    Map<String, String> names = Rewrite.pathParameters(document);

    assertThat(Outcome.reportOf(Rewrite.reversed(document))).as("order").isEqualTo(report);
    assertThat(Outcome.reportOf(Rewrite.withoutOperationIds(document)))
        .as("operationIds")
        .isEqualTo(report);
    assertThat(blank(Rewrite.renamed(document, names), names.values()))
        .as("parameters")
        .isEqualTo(blank(document, names.keySet()));
  }

  /** A report in which no path parameter can be told from another. */
  private static String blank(JsonNode document, Collection<String> names) {
    JsonNode report =
        Rewrite.eachObject(
            Json.parse(Outcome.reportOf(document)),
            (key, object) -> {
              if (object.has("itemParameter")) {
                object.remove(List.of("itemParameter", "parents"));
              }
              object.path("connectionParams").forEach(p -> ((ObjectNode) p).remove("name"));
              object.properties().forEach(e -> e.setValue(blankText(e.getValue(), names)));
              return object;
            });
    return report.toPrettyString();
  }

  private static JsonNode blankText(JsonNode value, Collection<String> names) {
    if (value.isArray()) {
      ArrayNode out = Json.mapper().createArrayNode();
      value.forEach(v -> out.add(blankText(v, names)));
      return out;
    }
    if (!value.isTextual()) {
      return value;
    }
    String text = value.textValue().replaceFirst("(?s)^the client chooses the key,.*", "the key");
    for (String name : names) {
      text = text.replace("{" + name + "}", "{}");
      text = text.replace("the parameter " + name + " is ", "the parameter {} is ");
    }
    return TextNode.valueOf(text);
  }

  private static void assertSame(Outcome changed, Outcome expected) {
    assertThat(changed.report()).isEqualTo(expected.report());
    assertThat(changed.files().keySet()).isEqualTo(expected.files().keySet());
    expected
        .files()
        .forEach(
            (path, text) -> {
              String other = changed.files().getOrDefault(path, "");
              if (path.endsWith(".json")) {
                assertThat(Json.parse(other)).as(path).isEqualTo(Json.parse(text));
              } else {
                assertThat(other).as(path).isEqualTo(text);
              }
            });
  }
}
