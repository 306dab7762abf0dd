package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.Model;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.Operation;
import dev.pawl.model.rest.RestModel;
import dev.pawl.model.rest.RestResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated classes are exercised, not read. */
class GeneratedModelsTest {

  private static final Map<String, Generated> COMPILED = new ConcurrentHashMap<>();

  private static Generated generated(String trap) {
    return COMPILED.computeIfAbsent(trap, t -> Generated.of(Traps.api(t)));
  }

  static List<String> traps() {
    return Traps.names();
  }

  @ParameterizedTest
  @MethodSource("traps")
  void everyTrapCompilesWithoutAWarningAndLoads(String trap) {
    List<String> kinds = new EmitApi(Traps.api(trap)).kinds();

    assertThat(generated(trap).models())
        .extracting(m -> m.descriptor().type())
        .containsExactlyInAnyOrderElementsOf(kinds.stream().map(k -> "trap/" + k).toList());
  }

  @ParameterizedTest
  @MethodSource("traps")
  void twoRunsGiveTheSameBytes(String trap) {
    assertThat(all(trap)).isEqualTo(all(trap));
  }

  private static List<String> all(String trap) {
    EmitApi emit = new EmitApi(Traps.api(trap));
    return java.util.stream.Stream.concat(emit.sources(), emit.resources())
        .map(f -> f.path() + "\n" + new String(f.content(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void anUnknownMemberSurvivesTheRoundTrip() throws ReflectiveOperationException {
    Class<?> state = nested("odd-schemas", "Node", "State");
    JsonNode shown =
        Json.parse(
            """
            {"id": "7", "ID2": "a", "id2": 2, "Id2": true, "class": "c", "$ref": "r", "+1": 1, "-1": 2,
             "1_clicks": [{"slug": "s", "new": [1, null]}], "hashCode": "h", "additionalProperties": "p",
             "additional_properties": {"x": 1.5}, "object": {"Object": {"deep": {"deeper": {"end": "e"}}}},
             "children": [{"id": "8", "unknown": {"deep": 1}}], "surprise": {"a": [1, 2, {"b": null}]}}
            """);

    Object read = Json.mapper().convertValue(shown, state);

    assertThat(Json.fingerprint(Json.mapper().valueToTree(read)))
        .isEqualTo(Json.fingerprint(shown));
    assertThat(state.getMethod("class_").invoke(read)).isEqualTo("c");
  }

  @Test
  void absentMembersAreNotSent() throws ReflectiveOperationException {
    Class<?> arguments = nested("reconciling", "Server", "CreateArguments");
    Object builder = arguments.getMethod("builder").invoke(null);
    builder.getClass().getMethod("name", String.class).invoke(builder, "web");
    Object built = builder.getClass().getMethod("build").invoke(builder);

    assertThat(Json.write(built)).isEqualTo("{\"name\":\"web\"}");
  }

  @Test
  void argumentsAreOneFlatObjectThatRefusesTypos() {
    MethodDescriptor create = method("odd-schemas", "node", "create");

    JsonNode schema = create.argumentsSchema();
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(schema.path("properties").fieldNames())
        .toIterable()
        .containsExactly("count", "id", "mode", "name", "names", "parent");
    assertThat(schema.at("/properties/mode/anyOf/0/enum/0").asText()).isEqualTo("one");
    assertThat(schema.at("/properties/mode/anyOf/1/enum/0").asText()).isEqualTo("all");
    assertThat(schema.at("/allOf/0/anyOf/1/required/0").asText()).isEqualTo("names");
    assertThat(schema.at("/properties/count/exclusiveMaximum").asInt()).isEqualTo(10);
    assertThat(create.has(MethodDescriptor.Trait.CLAIMS_ITSELF)).isTrue();
  }

  @Test
  void aKeyThatTheClientChoosesMustBeGiven() {
    assertThat(required("tag")).containsExactly("name");
    assertThat(required("machine")).isEmpty();
  }

  private static List<String> required(String kind) {
    List<String> out = new ArrayList<>();
    method("keys-that-may-be-left-out", kind, "create")
        .argumentsSchema()
        .path("required")
        .forEach(n -> out.add(n.asText()));
    return out;
  }

  @Test
  void readOnlyMembersAreNoArguments() {
    JsonNode properties =
        method("reconciling", "server", "create").argumentsSchema().path("properties");

    assertThat(properties.fieldNames()).toIterable().containsExactly("name", "password", "tags");
    assertThat(
            method("reconciling", "card", "create")
                .argumentsSchema()
                .path("properties")
                .has("Idempotency-Key"))
        .isFalse();
  }

  @Test
  void actionsAreNamedByTheirType() {
    MethodDescriptor off = method("odd-schemas", "node", "power_off");

    assertThat(off.kind()).isEqualTo(MethodKind.ACTION);
    assertThat(off.outputSpec()).isEqualTo("power_off");
    assertThat(off.argumentsSchema().path("properties")).isEmpty();
    assertThat(
            method("odd-schemas", "node", "resize")
                .argumentsSchema()
                .path("properties")
                .has("size"))
        .isTrue();
    assertThat(method("odd-schemas", "node", "delete_action").kind()).isEqualTo(MethodKind.ACTION);
  }

  @Test
  void pathParametersTakeTheIdentitysNames() {
    RestResource reversal = resource("parameter-names-lie", "reversal");

    assertThat(reversal.create().path()).isEqualTo("/transfers/{transfer}/reversals");
    assertThat(reversal.create().parameters())
        .containsExactly(new Operation.Parameter("transfer", Operation.In.PATH, "id"));
    assertThat(reversal.create().body()).isEqualTo(Operation.Body.FORM);
    assertThat(reversal.listing()).isNotNull();
    assertThat(java.util.Objects.requireNonNull(reversal.listing()).operation().parameters())
        .containsExactly(new Operation.Parameter("transfer", Operation.In.PATH, "id"));
    assertThat(reversal.identity())
        .containsExactly(
            IdentityPart.request("transfer", "/id"), IdentityPart.response("id", "/id"));
  }

  @Test
  void hostileWordsStayWordsAndPathsStayInside() {
    EmitApi emit = new EmitApi(Traps.api("hostile"));

    assertThat(emit.kinds()).hasSize(1);
    assertThat(emit.sources().map(GeneratedFile::path))
        .allMatch(p -> p.matches("dev/pawl/models/trap/[A-Za-z0-9_-]+\\.java"));
    assertThat(emit.resources().map(GeneratedFile::path)).allMatch(p -> p.startsWith("META-INF/"));
    generated("hostile").models();
  }

  @Test
  void moreMembersThanAConstructorTakes() {
    StringBuilder properties = new StringBuilder("id: {type: string}");
    for (int i = 0; i < 320; i++) {
      properties.append(", field%d: {type: string}".formatted(i));
    }
    String yaml =
        """
        openapi: 3.0.0
        info: {title: wide, version: v}
        paths:
          /wides:
            post:
              requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/wide"}}}}
              responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/wide"}}}}}
          /wides/{id}:
            get:
              responses: {"200": {description: one, content: {application/json: {schema: {$ref: "#/components/schemas/wide"}}}}}
        components: {schemas: {wide: {type: object, properties: {%s}}}}
        """
            .formatted(properties);

    assertThat(Generated.of(Traps.of(yaml)).models()).hasSize(1);
  }

  private static Class<?> nested(String trap, String model, String name)
      throws ReflectiveOperationException {
    return generated(trap).loadClass("dev.pawl.models.trap." + model + "$" + name);
  }

  private static Model model(String trap, String kind) {
    return generated(trap).models().stream()
        .filter(m -> m.descriptor().type().equals("trap/" + kind))
        .findFirst()
        .orElseThrow();
  }

  private static MethodDescriptor method(String trap, String kind, String method) {
    return model(trap, kind).descriptor().method(method).orElseThrow();
  }

  private static RestResource resource(String trap, String kind) {
    return ((RestModel) model(trap, kind)).resource();
  }
}
