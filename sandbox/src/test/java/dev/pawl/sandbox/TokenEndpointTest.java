package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tokens where the document says that they are had. */
class TokenEndpointTest {
  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: {title: Signs in, version: "1"}
      paths:
        /things: {get: {responses: {"200": {description: ok}}}}
      security: [{client: []}]
      components: {securitySchemes: {client: {type: oauth2, flows: {clientCredentials:
        {tokenUrl: "https://login.example.test/oauth/token", scopes: {}}}}}}
      """;

  @Test
  void aClientGetsATokenThatOpensTheDoor() {
    byte[] document = DOCUMENT.getBytes(StandardCharsets.UTF_8);
    try (Sandbox sandbox =
        Sandbox.start(SandboxOptions.forBytes("signs-in.yaml", document).requireAuth())) {
      Client client = new Client(sandbox);
      assertThat(client.get("/things").status()).isEqualTo(401);
      Client.Reply reply =
          client.call(
              "POST",
              "/oauth/token",
              "grant_type=client_credentials",
              "application/x-www-form-urlencoded");
      String token = reply.body().path("access_token").asText();
      assertThat(token).isNotEmpty();
      assertThat(client.call("GET", "/things", "", "", "Authorization", "Bearer " + token).status())
          .isEqualTo(200);
      assertThat(client.post("/oauth/other", "{}").status()).isEqualTo(404);
    }
  }
}
