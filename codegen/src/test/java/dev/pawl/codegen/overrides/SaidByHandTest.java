package dev.pawl.codegen.overrides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.codegen.Codegen;
import dev.pawl.codegen.CodegenOptions;
import dev.pawl.codegen.CodegenResult;
import dev.pawl.codegen.Explain;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.codegen.ir.Skipped;
import dev.pawl.codegen.ir.Verify;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.PathValue;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RequestToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person adds to a document that says too little, by overrides and by an overlay. */
class SaidByHandTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: Orchard, version: "1"}
      paths:
        /grafts/perform:
          post:
            operationId: performGraft
            requestBody: {content: {application/json: {schema: {type: object,
              properties: {stock: {type: string}, scion: {type: string}}}}}}
            responses: {"200": {description: ok, content: {application/json: {schema: {type: object,
              properties: {outcome: {type: object, properties: {graft_ref: {type: string}}}}}}}}}
        /plants/{ref}:
          get:
            parameters: [{name: X-Season, in: header, required: true, schema: {type: string}}]
            responses: {"200": {description: ok, content: {application/json: {schema: {type: object,
              properties: {ref: {type: string}, stock: {type: string}}}}}}}
        /trees:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array,
            items: {$ref: "#/components/schemas/tree"}}}}}}}
          post:
            requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/tree"}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/tree"}}}}}
        /trees/{tree_id}:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/tree"}}}}}}
      components: {schemas: {tree: {type: object, properties: {id: {type: string, readOnly: true}, name: {type: string}}}}}
      """;

  @TempDir Path folder;
  private Path spec = Path.of("");

  @BeforeEach
  void write() throws IOException {
    spec = Files.writeString(folder.resolve("orchard.yaml"), DOCUMENT);
  }

  private CodegenResult overridden(String text) throws IOException {
    Files.writeString(folder.resolve("orchard.overrides.yaml"), text);
    return Codegen.run(CodegenOptions.of(spec).withJar(folder.resolve("orchard.jar")));
  }

  private static Resource resource(CodegenResult result, String kind) {
    return result.api().resources().stream()
        .filter(r -> r.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCreateThatNobodyCouldGuessIsNamed() throws IOException {
    CodegenResult result =
        overridden(
            """
            headers: {X-Season: spring}
            resources:
              graft:
                create: POST /grafts/perform
                get: GET /plants/{ref}
                idPointer: /outcome/graft_ref
            """);

    Resource graft = resource(result, "graft");
    assertThat(graft.create().value().describe()).isEqualTo("POST /grafts/perform");
    assertThat(graft.verify()).isEqualTo(Verify.GET);
    assertThat(graft.identity().value().parts())
        .containsExactly(IdentityPart.response("ref", "/outcome/graft_ref"));
    assertThat(result.api().skipped()).extracting(Skipped::operation).isEmpty();
    assertThat(result.generated()).containsExactly("orchard/graft", "orchard/tree");
    assertThat(graft.headers()).containsEntry("X-Season", "spring");
  }

  @Test
  void keysComeFromWhereAPersonSays() throws IOException {
    assertThat(
            resource(overridden("resources: {tree: {idArgument: /name}}"), "tree")
                .identity()
                .value()
                .parts())
        .containsExactly(IdentityPart.request("tree_id", "/name"));
    assertThat(
            resource(overridden("resources: {tree: {idLocation: true}}"), "tree")
                .identity()
                .value()
                .parts())
        .containsExactly(IdentityPart.location("tree_id"));
  }

  @Test
  void aTokenKeepsWhatComesAfterItAndHasALifetime() throws IOException {
    String said = "resources: {tree: {reconcile: {strategy: KEY, header: X-Once, lifetime: 24h}}}";

    assertThat(resource(overridden(said), "tree").reconcile().value())
        .isInstanceOfSatisfying(
            Reconcile.Key.class,
            key -> {
              assertThat(key.lifetime()).isEqualTo(Duration.ofHours(24));
              assertThat(key.repeatable()).isEqualTo(Duration.ofMinutes(1152));
              assertThat(key.next()).isInstanceOf(Reconcile.NaturalKey.class);
            });
  }

  @Test
  void whatOfAKeyAPathTakesIsSaid() throws IOException {
    String said = "resources: {tree: {identity: {strip: refs/, encode: false}}}";

    var parts = resource(overridden(said), "tree").identity().value().parts();
    assertThat(parts.get(parts.size() - 1).value()).isEqualTo(new PathValue("refs/", false, true));
  }

  @Test
  void aTokenMayBeAMemberOfTheBody() throws IOException {
    String said = "resources: {tree: {reconcile: {strategy: KEY, field: /once, form: UUID}}}";

    assertThat(resource(overridden(said), "tree").reconcile().value())
        .isInstanceOfSatisfying(
            Reconcile.Key.class,
            key ->
                assertThat(key.token())
                    .isEqualTo(
                        new RequestToken(RequestToken.Place.BODY, "once", RequestToken.Form.UUID)));
    assertThatThrownBy(
            () -> overridden("resources: {tree: {reconcile: {strategy: KEY, field: /a/b}}}"))
        .isInstanceOf(CodegenException.class)
        .hasMessageContaining("a member of the body itself");
  }

  @Test
  void mistakesAreToldWithTheirLine() {
    assertThatThrownBy(() -> overridden("resources:\n  graft: {create: POST /graft/perform}\n"))
        .isInstanceOf(CodegenException.class)
        .hasMessageContaining("overrides.yaml:2:")
        .hasMessageContaining("did you mean 'POST /grafts/perform'?");
    assertThatThrownBy(() -> overridden("resources:\n  graft: {create: POST /grafts/perform}\n"))
        .hasMessageContaining("say 'get' or 'list' too");
    assertThatThrownBy(
            () ->
                overridden(
                    "resources:\n  wood: {create: POST /trees, get: 'GET /trees/{tree_id}'}\n"))
        .hasMessageContaining("already makes 'tree'");
    assertThatThrownBy(() -> overridden("headers: {Authorization: Bearer x}\n"))
        .hasMessageContaining("overrides.yaml:1:")
        .hasMessageContaining("credential");
    assertThatThrownBy(
            () -> overridden("resources:\n  tree:\n    idPointer: /id\n    idLocation: true\n"))
        .hasMessageContaining("not several");
    assertThatThrownBy(
            () ->
                overridden(
                    "resources:\n"
                        + "  tree:\n"
                        + "    reconcile: {strategy: KEY, header: A, lifetime: 1d}\n"))
        .hasMessageContaining("overrides.yaml:3:")
        .hasMessageContaining("24h");
  }

  @Test
  void anOverlayMendsTheDocument() throws IOException {
    Files.writeString(
        folder.resolve("orchard.overlay.yaml"),
        """
        overlay: 1.0.0
        info: {title: mend, version: "1"}
        actions:
          - target: $.components.schemas.tree.properties
            update: {tags: {type: array, items: {type: string}}}
          - target: $.paths['/grafts/perform']
            remove: true
          - target: $.paths.*.post.parameters
            update: {name: unused}
          - target: $.paths['/trees'].post
            update: {parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]}
        """);
    CodegenResult result = Codegen.run(CodegenOptions.of(spec));

    assertThat(result.api().skipped()).isEmpty();
    assertThat(resource(result, "tree").reconcile().value())
        .isInstanceOfSatisfying(
            Reconcile.Key.class, k -> assertThat(k.next()).isInstanceOf(Reconcile.Marker.class));
    assertThat(result.warnings())
        .singleElement()
        .satisfies(w -> assertThat(w).contains("actions[2]: nothing is at"));
  }

  @Test
  void aWrongOverlayNamesItsAction() throws IOException {
    Path overlay = folder.resolve("wrong.yaml");
    CodegenOptions options = CodegenOptions.of(spec).withOverlay(overlay);
    Files.writeString(overlay, "openapi: 3.0.0\n");
    assertThatThrownBy(() -> Codegen.run(options)).hasMessageContaining("overlay: 1.0.0");
    Files.writeString(overlay, "overlay: 1.0.0\nactions: [{target: '$.paths['}]\n");
    assertThatThrownBy(() -> Codegen.run(options)).hasMessageContaining("actions[0] needs");
    Files.writeString(
        overlay, "overlay: 1.0.0\nactions: [{target: '$.paths[?(@.x', remove: true}]\n");
    assertThatThrownBy(() -> Codegen.run(options))
        .isInstanceOf(CodegenException.class)
        .hasMessageContaining("actions[0]: '$.paths[?(@.x' is no JSONPath");
    Files.writeString(overlay, "overlay: 1.0.0\nactions: [{target: $.openapi, update: {}}]\n");
    assertThatThrownBy(() -> Codegen.run(options)).hasMessageContaining("target what holds it");
  }

  @Test
  void everyInferenceIsExplained() {
    var api = Codegen.understand(CodegenOptions.of(spec));

    assertThat(Explain.of(api, "tree").lines()).first().isEqualTo("orchard/tree");
    assertThat(String.join("\n", Explain.of(api, "orchard/tree").lines()))
        .contains("POST /trees")
        .contains("tree_id = /id of the answer")
        .contains("high: ")
        .contains("NATURAL_KEY /name");
    assertThat(
            Explain.of(api, "tree").json().path("reasons").path("create").path("reason").asText())
        .isNotEmpty();
    assertThat(String.join("\n", Explain.of(api, "POST /grafts/perform").lines()))
        .contains("is no create")
        .contains("overrides");
    assertThatThrownBy(() -> Explain.of(api, "tre"))
        .isInstanceOf(CodegenException.class)
        .hasMessageContaining("did you mean 'tree'?");
  }
}
