package dev.pawl.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.rest.ApiDescriptor.Auth;
import dev.pawl.model.rest.ApiDescriptor.AuthScheme;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens by client credentials, over real HTTP. */
class ClientCredentialsTest {
  private static final String SECRET = "s3cret/of+client";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WireServer server = new WireServer();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpConnection connect(String credential) {
    Auth auth = new Auth(AuthScheme.OAUTH2, "/oauth/token", List.of("read", "write"));
    return new HttpConnection(
        new ConnectionSettings("acme", server.url() + "/v1", null, auth, credential, PATIENCE));
  }

  private SendOutcome send(HttpConnection connection) throws InterruptedException {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return connection.send(
        new ApiRequest("POST", URI.create(server.url() + "/v1/things"), Map.of(), body, PATIENCE),
        SendGuard.NONE);
  }

  private static String json(int status, String body) {
    return "HTTP/1.1 "
        + status
        + " Is\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String token(String value, int seconds) {
    return json(200, "{\"access_token\":\"" + value + "\",\"expires_in\":" + seconds + "}");
  }

  private static int status(SendOutcome outcome) {
    assertThat(outcome).isInstanceOf(SendOutcome.Answered.class);
    return ((SendOutcome.Answered) outcome).response().status();
  }

  @Test
  void oneTokenServesManyRequests() throws Exception {
    server.answers(token("tok-one", 3600)).answers(json(200, "{}")).answers(json(200, "{}"));
    try (HttpConnection connection = connect("me:" + SECRET)) {
      assertThat(status(send(connection))).isEqualTo(200);
      assertThat(status(send(connection))).isEqualTo(200);
    }
    assertThat(server.requests()).hasSize(3);
    String basic =
        Base64.getEncoder()
            .encodeToString("me:s3cret%2Fof%2Bclient".getBytes(StandardCharsets.UTF_8));
    assertThat(server.requests().get(0))
        .startsWith("POST /oauth/token HTTP/1.1")
        .contains("Authorization: Basic " + basic)
        .endsWith("grant_type=client_credentials&scope=read+write");
    assertThat(server.requests().get(1)).contains("Authorization: Bearer tok-one");
    assertThat(server.requests().get(2)).contains("Authorization: Bearer tok-one");
  }

  @Test
  void aRefusedTokenIsFetchedAnewOnceAndNeverShown() throws Exception {
    server
        .answers(token("token-one", 3600))
        .answers(json(401, "{\"message\":\"bad token-one\"}"))
        .answers(token("token-two", 3600))
        .answers(json(201, "{\"echo\":\"token-two\"}"));
    try (HttpConnection connection = connect("me:" + SECRET)) {
      SendOutcome outcome = send(connection);
      assertThat(status(outcome)).isEqualTo(201);
      assertThat(((SendOutcome.Answered) outcome).response().text()).doesNotContain("token-two");
    }
    assertThat(server.requests()).hasSize(4);
    assertThat(server.requests().get(3)).contains("Bearer token-two");
  }

  @Test
  void aSecondRefusalIsTheAnswer() throws Exception {
    server
        .answers(token("token-one", 3600))
        .answers(json(401, "{}"))
        .answers(token("token-two", 3600))
        .answers(json(401, "{}"));
    try (HttpConnection connection = connect("me:" + SECRET)) {
      assertThat(status(send(connection))).isEqualTo(401);
    }
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void whereTheHeaderIsRefusedTheFormIsTried() throws Exception {
    server
        .answers(json(401, "{\"error\":\"invalid_client\"}"))
        .answers(token("token-one", 3600))
        .answers(json(200, "{}"));
    try (HttpConnection connection = connect("me:" + SECRET)) {
      assertThat(status(send(connection))).isEqualTo(200);
    }
    assertThat(server.requests().get(1))
        .doesNotContain("Authorization")
        .contains("client_id=me&client_secret=s3cret%2Fof%2Bclient");
  }

  @Test
  void withoutATokenNothingIsSentAndNoSecretIsSaid() throws Exception {
    String refusal = "{\"error\":\"invalid_client " + SECRET + "\"}";
    server.answers(json(401, refusal)).answers(json(401, refusal));
    try (HttpConnection connection = connect("me:" + SECRET)) {
      SendOutcome outcome = send(connection);
      assertThat(outcome).isInstanceOf(SendOutcome.NeverSent.class);
      assertThat(((SendOutcome.NeverSent) outcome).cause())
          .hasMessageContaining("answered 401 invalid_client")
          .hasMessageContaining("id:secret")
          .message()
          .doesNotContain(SECRET);
    }
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aCredentialWithoutAColonIsAToken() throws Exception {
    server.answers(json(200, "{}"));
    try (HttpConnection connection = connect("ready-made")) {
      assertThat(status(send(connection))).isEqualTo(200);
    }
    assertThat(server.requests().get(0)).contains("Authorization: Bearer ready-made");
  }

  @Test
  void aSecretIsNotSentInTheClear() {
    Auth auth = new Auth(AuthScheme.OAUTH2, "http://login.example.test/token");
    ConnectionSettings settings =
        new ConnectionSettings("acme", "https://acme.test", null, auth, "me:it", PATIENCE);
    assertThatThrownBy(() -> new HttpConnection(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be https");
  }
}
