package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, restarting, and why it may not start. */
class StartTest {
  @TempDir private Path directory = Path.of("unset");

  private Sandbox start() {
    return Sandbox.start(Tiny.options().dataDirectory(directory));
  }

  @Test
  void keepsWhatWasMadeItsCountersAndItsUuid() {
    String uuid;
    int id;
    try (Sandbox sandbox = start()) {
      Client client = new Client(sandbox);
      uuid = sandbox.uuid();
      id = makeThing(client);
      client.post("/tags", "{\"name\":\"gone\"}");
      client.delete("/tags/gone");
      client.call("PUT", "/config", "{\"mode\":\"fast\"}", "application/json");
    }
    try (Sandbox sandbox = start()) {
      Client client = new Client(sandbox);
      assertThat(client.get("/_sandbox").body().path("uuid").asText()).isEqualTo(uuid);
      assertThat(client.get("/things/" + id).status()).isEqualTo(200);
      assertThat(client.get("/tags/gone").status()).isEqualTo(404);
      assertThat(client.get("/config").body().path("mode").asText()).isEqualTo("fast");
      assertThat(makeThing(client)).isGreaterThan(id);
    }
  }

  private static int makeThing(Client client) {
    return client.post("/things", "{\"name\":\"t\",\"size\":\"s\"}").body().at("/thing/id").asInt();
  }

  @Test
  void toleratesALastLineCutShortByACrash() throws IOException {
    try (Sandbox sandbox = start()) {
      new Client(sandbox).post("/tags", "{\"name\":\"t\"}");
    }
    Path journal = directory.resolve("journal.jsonl");
    Files.writeString(journal, "{\"change\":\"put\",\"numb", StandardOpenOption.APPEND);
    try (Sandbox sandbox = start()) {
      assertThat(new Client(sandbox).get("/tags/t").status()).isEqualTo(200);
    }
    Files.writeString(journal, "rubbish\n" + Files.readString(journal));
    assertThatThrownBy(this::start)
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("Line 1");
  }

  @Test
  void refusesADirectoryInUseAndAPortThatIsTaken() {
    try (Sandbox sandbox = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(SandboxException.class)
          .hasMessageContaining("in use");
      int port = sandbox.baseUri().getPort();
      assertThatThrownBy(() -> Sandbox.start(Tiny.options().port(port)))
          .isInstanceOf(SandboxException.class)
          .hasMessageContaining("port " + port);
    }
    start().close();
  }

  @Test
  void refusesWhatIsNoDocument() {
    assertThatThrownBy(() -> SandboxOptions.forFile(directory.resolve("none.yaml")))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("none.yaml");
    assertThatThrownBy(() -> startWith("just text"))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("not an OpenAPI document");
    assertThatThrownBy(() -> startWith("a: [b"))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("neither YAML nor JSON");
    assertThatThrownBy(() -> startWith("")).isInstanceOf(SandboxException.class);
  }

  private static void startWith(String text) {
    Sandbox.start(SandboxOptions.forBytes("doc", text.getBytes(StandardCharsets.UTF_8))).close();
  }

  @Test
  void readsSwaggerInJsonWithItsBasePath() {
    String swagger =
        """
        {"swagger": "2.0", "basePath": "/v1", "paths": {
          "/silences": {
            "get": {"responses": {"200": {"schema": {"type": "array",
              "items": {"$ref": "#/definitions/silence"}}}}},
            "post": {
              "parameters": [{"in": "body", "name": "s", "schema": {"$ref": "#/definitions/silence"}}],
              "responses": {"200": {"schema": {"type": "object",
                "properties": {"silenceID": {"type": "string"}}}}}}},
          "/silence/{silenceID}": {
            "get": {"responses": {"200": {"schema": {"$ref": "#/definitions/silence"}}}},
            "delete": {"responses": {"200": {}}}}},
         "definitions": {"silence": {"type": "object", "properties": {
            "id": {"type": "string"}, "comment": {"type": "string"}}}}}
        """;
    byte[] bytes = swagger.getBytes(StandardCharsets.UTF_8);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.forBytes("s.json", bytes))) {
      Client client = new Client(sandbox);
      String id =
          client.post("/v1/silences", "{\"comment\":\"c\"}").body().path("silenceID").asText();
      assertThat(client.get("/silence/" + id).body().path("comment").asText()).isEqualTo("c");
      assertThat(client.get("/v1/silences").body()).hasSize(1);
      assertThat(client.delete("/v1/silence/" + id).status()).isEqualTo(200);
      assertThat(client.get("/silences").body()).isEmpty();
    }
  }

  @Test
  void readsADocumentOfAliasesWithoutUnfoldingThem() {
    StringBuilder bomb = new StringBuilder("openapi: 3.1.0\npaths: {}\na0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s]\n".formatted(i, i, before, before));
    }
    startWith(bomb.toString());
  }
}
