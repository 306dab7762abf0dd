package dev.pawl.codegen.overrides;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.document.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema takes what the reader takes. */
class OverridesSchemaTest {
  private static final Path PUBLISHED = Path.of("../docs/overrides.schema.json");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());

  @TempDir Path folder;

  @Test
  void isASchemaThatKnowsTheKeysTheReaderKnows() {
    JsonNode schema = TreeReader.read(PUBLISHED);

    assertThat(
            REGISTRY
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(schema))
        .isEmpty();
    assertThat(keys(schema.path("properties"))).isEqualTo(ReadOverrides.ROOT_KEYS);
    assertThat(keys(schema.at("/$defs/resource/properties"))).isEqualTo(ReadOverrides.KEYS);
    assertThat(keys(schema.at("/$defs/reconcile/properties")))
        .isEqualTo(ReadOverrides.RECONCILE_KEYS);
    assertThat(keys(schema.at("/$defs/begun/properties"))).isEqualTo(ReadOverrides.OPERATION_KEYS);
  }

  private static Set<String> keys(JsonNode properties) {
    Set<String> out = new TreeSet<>();
    properties.fieldNames().forEachRemaining(out::add);
    return out;
  }

  @Test
  void bothTakeTheExamples() throws IOException {
    String page = Files.readString(Path.of("../docs/overrides.md"));
    int from = page.indexOf("```yaml\n") + "```yaml\n".length();
    both(page.substring(from, page.indexOf("```", from)), true);
    for (String name : new String[] {"digitalocean", "stripe"}) {
      both(Files.readString(Path.of("src/test/resources/overrides", name + ".yaml")), true);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exclude: true",
        "exclude: 'false'",
        "name: a_1",
        "idPointer: /a/b",
        "{idPointer: /a, idLocation: false}",
        "identity: {strip: refs/, last: true, encode: false}",
        "headers: {X-A: 1}",
        "{create: POST /a, get: none, list: GET /a, update: PUT /a, delete: none}",
        "reconcile: {strategy: KEY, header: K, lifetime: 24h, form: UUID}",
        "reconcile: {strategy: KEY, field: /token}",
        "reconcile: {strategy: MARKER, field: /a/b, shape: MAP}",
        "reconcile: {strategy: NATURAL_KEY, fields: [/a], createdAt: /at}",
        "reconcile: {strategy: CLIENT_ID}",
        "verify: LIST",
        "readiness: {pointer: /s, waiting: [a], failed: [1]}",
        "operation: {get: GET /a, status: /s, done: [b], failed: [c], key: /d}",
        "operation: {get: none}",
        "softDelete: {pointer: /s, values: [true]}",
        "{secrets: [/a], shownOnce: [b]}",
      })
  void bothTake(String resource) throws IOException {
    both(inResource(resource), true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exclude: yes",
        "nonsense: 1",
        "name: A",
        "idPointer: a",
        "{idPointer: /a, idArgument: /b}",
        "{idArgument: /a, idLocation: true}",
        "identity: {stripp: a}",
        "headers: {'X A': 1}",
        "headers: {Authorization: a}",
        "headers: {cookie: a}",
        "get: [GET /a]",
        "reconcile: {header: K}",
        "reconcile: {strategy: KEY}",
        "reconcile: {strategy: KEY, header: K, query: k}",
        "reconcile: {strategy: KEY, field: /a/b}",
        "reconcile: {strategy: KEY, header: K, lifetime: 24d}",
        "reconcile: {strategy: KEY, header: K, form: HEX}",
        "reconcile: {strategy: MARKER}",
        "reconcile: {strategy: MARKER, field: /a, shape: LIST}",
        "reconcile: {strategy: NATURAL_KEY}",
        "reconcile: {strategy: TAG}",
        "verify: get",
        "readiness: {waiting: [a]}",
        "operation: {status: /s, done: [b]}",
        "operation: {get: GET /a, status: /s}",
        "operation: {get: GET /a, status: s, done: [b]}",
        "softDelete: {pointer: s}",
        "secrets: /a",
      })
  void bothRefuse(String resource) throws IOException {
    both(inResource(resource), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connectionParams: a\n", "connectionParam: [a]\n", "resources: [a]\n"})
  void bothRefuseAtTheTop(String text) throws IOException {
    both(text, false);
  }

  private static String inResource(String text) {
    return "resources:\n  thing:\n    " + text + "\n";
  }

  private void both(String text, boolean taken) throws IOException {
    Path file = Files.writeString(folder.resolve("a.overrides.yaml"), text);
    var errors = REGISTRY.getSchema(TreeReader.read(PUBLISHED)).validate(TreeReader.read(file));
    assertThat(errors.isEmpty()).as("the schema: " + errors).isEqualTo(taken);
    assertThat(isRead(file)).as("the reader").isEqualTo(taken);
  }

  private static boolean isRead(Path file) {
    try {
      ReadOverrides.read(file);
      return true;
    } catch (CodegenException e) {
      return false;
    }
  }
}
