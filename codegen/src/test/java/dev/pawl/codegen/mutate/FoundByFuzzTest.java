package dev.pawl.codegen.mutate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.Traps;
import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.document.TreeReader;
import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.codegen.infer.InferApi;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.codegen.output.CompileModels;
import dev.pawl.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link CodegenFuzz} found, each mended. */
class FoundByFuzzTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String LONG = "a".repeat(70_000);

  @Test
  void aDescriptionOfOneLongWordIsReadInTime() {
    JsonNode changed =
        Rewrite.eachObject(
            TreeReader.read(Traps.path("reconciling")),
            (key, object) -> object.has("type") ? object.put("description", LONG) : object);

    assertTimeoutPreemptively(SOON, () -> Outcome.reportOf(changed));
  }

  @Test
  void anAddressOfManySlashesIsReadInTime() {
    ObjectNode changed = TreeReader.read(Traps.path("reconciling")).deepCopy();
    changed.putArray("servers").addObject().put("url", "https://a" + "/".repeat(70_000) + "x");

    assertTimeoutPreemptively(SOON, () -> Outcome.reportOf(changed));
  }

  @Test
  void aVersionOfManyPartsDoesNotExhaustTheStack() {
    assertThat(Traps.of(things("things/v1" + ".1".repeat(20_000) + "/things")).resources())
        .hasSize(1);
  }

  @Test
  void anArrayThatHoldsItselfDoesNotExhaustTheStack() {
    Api api =
        Traps.of(
            """
            openapi: 3.0.3
            info: {title: Nested, version: "1"}
            paths:
              /things:
                post: {responses: {"201": {content: {application/json: {schema: {$ref: "#/components/schemas/T"}}}}}}
              /things/{id}:
                get: {responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/T"}}}}}}
            components:
              schemas:
                T: {type: object, properties: {id: {type: string}, tree: {$ref: "#/components/schemas/A"}}}
                A: {type: array, items: {$ref: "#/components/schemas/A"}}
            """);

    assertThat(new EmitApi(api).resources()).hasSize(2);
  }

  @Test
  void aKindThatNamesAFileIsShort() {
    assertThat(Traps.of(things("things" + "x".repeat(3_000))).resources())
        .extracting(Resource::kind)
        .allMatch(k -> k.length() <= 110);
  }

  @Test
  void namesOfEveryKindOfBlankAreWrittenAsTheyAre() {
    ObjectNode changed = TreeReader.parse("t.yaml", things("things")).deepCopy();
    ObjectNode members = (ObjectNode) changed.at("/components/schemas/thing/properties");
    for (String blank :
        List.of("\u2028", "\u2029", "\u0085", "\u000b", "\f", "\r\n", "\0", "\u202e", "$W$Z")) {
      members.putObject("a" + blank + "b").put("type", "string");
    }
    Api api = new InferApi(ApiDocument.of("t", changed), "t").run();

    assertThat(CompileModels.run(new EmitApi(api).sources().toList())).isNotEmpty();
  }

  /** The limit is of bytes, and a letter may take three. */
  @Test
  void aNameThatNoClassHoldsIsRefused() {
    for (String name : List.of(LONG, "\u0b9c".repeat(22_000))) {
      ObjectNode changed = TreeReader.parse("t.yaml", things("things")).deepCopy();
      ObjectNode members = (ObjectNode) changed.at("/components/schemas/thing/properties");
      members.putObject(name).put("type", "string");
      EmitApi emit = new EmitApi(new InferApi(ApiDocument.of("t", changed), "t").run());

      assertThatThrownBy(() -> emit.sources().toList())
          .isInstanceOf(CodegenException.class)
          .hasMessageStartingWith("t/thing: '" + name.substring(0, 40))
          .hasMessageContaining(name.length() + " characters long")
          .hasMessageContaining("65535 bytes");
    }
  }

  /** Bound by position, a name that stands in a path twice is two parameters. */
  @Test
  void aPathMayHaveOneNameTwice() {
    ObjectNode changed =
        TreeReader.parse("t.yaml", things("areas/{area}/things").replace("{id}", "{thing}"))
            .deepCopy();
    ObjectNode paths = (ObjectNode) changed.path("paths");
    ObjectNode item = (ObjectNode) paths.path("/areas/{area}/things/{thing}");
    paths.set("/areas/{x}/things/{x}", Json.object().set("delete", item.path("get")));
    ObjectNode list = ((ObjectNode) item.path("get")).deepCopy();
    ((ObjectNode) list.at("/responses/200/content/application~1json"))
        .set(
            "schema",
            Json.object()
                .put("type", "array")
                .set("items", Json.object().put("$ref", "#/components/schemas/thing")));
    paths.set("/areas/{y}/things", Json.object().set("get", list));
    Api api = new InferApi(ApiDocument.of("t", changed), "t").run();
    String source =
        new EmitApi(api)
            .sources()
            .map(f -> new String(f.content(), StandardCharsets.UTF_8))
            .reduce("", String::concat);

    assertThat(CompileModels.run(new EmitApi(api).sources().toList())).isNotEmpty();
    assertThat(source).contains("/areas/{area}/things/{thing}").doesNotContain("{x}");
  }

  private static String things(String path) {
    return """
    openapi: 3.0.0
    info: {title: t, version: v}
    paths:
      ? /%1$s
      : post:
          requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/thing"}}}}
          responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/thing"}}}}}
      ? /%1$s/{id}
      : get:
          responses: {"200": {description: one, content: {application/json: {schema: {$ref: "#/components/schemas/thing"}}}}}
    components: {schemas: {thing: {type: object, properties: {id: {type: string}, name: {type: string}}}}}
    """
        .formatted(path);
  }
}
