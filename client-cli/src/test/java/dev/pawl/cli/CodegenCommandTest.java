package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generating, proving and explaining, as a person calls them. */
class CodegenCommandTest {
  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: {title: Harbour, version: "1"}
      paths:
        /berths:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array,
            items: {$ref: "#/components/schemas/berth"}}}}}}}
          post:
            requestBody: {content: {application/json: {schema: {type: object, required: [name],
              properties: {name: {type: string}}}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/berth"}}}}}
        /berths/{berth_id}:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/berth"}}}}}}
        /berths/{berth_id}/flood:
          post: {responses: {"204": {description: done}}}
        /signals:
          post:
            requestBody: {content: {application/json: {schema: {type: object, properties: {text: {type: string}}}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/signal"}}}}}
        /signals/{signal_id}:
          delete: {responses: {"204": {description: gone}}}
      components:
        schemas:
          berth: {type: object, properties: {id: {type: string}, name: {type: string}}}
          signal: {type: object, properties: {id: {type: string}, text: {type: string}}}
      """;

  @TempDir Path folder;
  private String spec = "";

  @BeforeEach
  void write() throws IOException {
    spec = Files.writeString(folder.resolve("harbour.yaml"), DOCUMENT).toString();
  }

  @Test
  void verifyListsWhatIsProvenAndWhyTheRestIsNot() throws IOException {
    Path report = folder.resolve("report.json");
    Result result = new Cli().run("codegen", spec, "--verify", "--report", report.toString());

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("harbour/signal is not verified. RECREATED UNPROVEN: nothing reads it back")
        .contains("1 of 2 models verified");
    JsonNode resources = new ObjectMapper().readTree(report.toFile()).path("resources");
    assertThat(resources.path(0).path("verified").asBoolean()).isTrue();
    assertThat(resources.path(1).path("verified").asBoolean()).isFalse();
    assertThat(resources.path(1).at("/verification/result").asText()).isEqualTo("UNPROVEN");
  }

  @Test
  void aWrongOverrideIsNotVerified() throws IOException {
    Files.writeString(
        folder.resolve("harbour.overrides.yaml"), "resources: {berth: {idPointer: /name}}\n");
    Result result = new Cli().run("codegen", spec, "--verify");

    // It made a second object, which is worse than a model that nothing proves.
    assertThat(result.code()).as(result.out()).isEqualTo(1);
    assertThat(result.out()).contains("harbour/berth is not verified.");
    assertThat(result.out()).contains("0 of 2 models verified");
  }

  @Test
  void oneResourceIsExplained() throws Exception {
    Result text = new Cli().run("codegen", "explain", spec, "berth");
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .startsWith("harbour/berth")
        .contains("POST /berths", "berth_id = /id of the answer", "NATURAL_KEY /name", "flood");

    JsonNode json = new Cli().run("codegen", "explain", spec, "berth", "-o", "json").json();
    assertThat(json.path("create").asText()).isEqualTo("POST /berths");
    assertThat(json.at("/reasons/identity/confidence").asText()).isNotEmpty();
  }

  @Test
  void whatIsNoCreateIsExplainedToo() {
    assertThat(new Cli().run("codegen", "explain", spec, "POST /berths/{berth_id}/flood").out())
        .contains("is no create:");
  }

  @Test
  void mistakesNameWhatMayBeMeant() {
    Result near = new Cli().run("codegen", "explain", spec, "birth");
    assertThat(near.code()).isEqualTo(2);
    assertThat(near.err()).contains("did you mean 'berth'?");
    Result none = new Cli().run("codegen");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("give the OpenAPI document");
    assertThat(new Cli().run("codegen", "explain", spec).code()).isEqualTo(2);
  }
}
