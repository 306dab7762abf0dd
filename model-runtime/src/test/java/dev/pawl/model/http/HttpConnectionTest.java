package dev.pawl.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.rest.ApiDescriptor.Auth;
import dev.pawl.model.rest.ApiDescriptor.AuthScheme;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // a null where none belongs fails the test
class HttpConnectionTest {
  private static final String SECRET = "s3cret-token";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

  private final WireServer server = new WireServer();
  private final HttpConnection connection = connect(Auth.BEARER);

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  private HttpConnection connect(Auth auth) {
    return connect(server.url(), auth);
  }

  private static HttpConnection connect(String url, Auth auth) {
    return new HttpConnection(new ConnectionSettings("acme", url, null, auth, SECRET, PATIENCE));
  }

  private SendOutcome send(String method) throws InterruptedException {
    return send(method, PATIENCE, SendGuard.NONE);
  }

  private SendOutcome send(String method, Duration timeout, SendGuard guard)
      throws InterruptedException {
    return connection.send(request(server.url(), method, timeout), guard);
  }

  private static ApiRequest request(String url, String method, Duration timeout) {
    byte[] body = method.equals("GET") ? null : "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    return new ApiRequest(
        method,
        URI.create(url + "/things?x=1"),
        Map.of("Content-Type", "application/json", "Idempotency-Key", "k"),
        body,
        timeout);
  }

  private static ApiResponse answered(SendOutcome outcome) {
    assertThat(outcome).isInstanceOf(SendOutcome.Answered.class);
    return ((SendOutcome.Answered) outcome).response();
  }

  private static IOException lost(SendOutcome outcome) {
    assertThat(outcome).isInstanceOf(SendOutcome.Lost.class);
    return ((SendOutcome.Lost) outcome).cause();
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET, "czNjcmV0LXRva2Vu", "Bearer " + SECRET + "\\u0021"})
  void theCredentialIsTakenOutOfTheAnswer(String repeated) throws Exception {
    String body = "{\"message\":\"bad token " + repeated + " – refused\"}";
    server.answers(
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nLocation: /x?token="
            + SECRET
            + "\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + body);
    ApiResponse response = answered(send("POST"));
    assertThat(response.json().orElseThrow().path("message").asText())
        .startsWith("bad token ")
        .contains("(hidden)")
        .endsWith(" – refused")
        .doesNotContain(SECRET, "czNjcmV0LXRva2Vu");
    assertThat(response.headers().get("location")).isEqualTo("/x?token=(hidden)");
  }

  @Test
  void oneRequestWithCredentialBodyAndHeaders() throws Exception {
    server.answers(OK);
    ApiResponse response = answered(send("POST"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json()).isPresent();
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0))
        .startsWith("POST /things?x=1 HTTP/1.1")
        .contains("Authorization: Bearer " + SECRET)
        .contains("Idempotency-Key: k")
        .containsOnlyOnce("Content-Type: application/json")
        .endsWith("{\"a\":1}");
  }

  @Test
  void credentialIsPresentedAsTheApiWantsIt() throws Exception {
    Map<Auth, String> asWanted =
        Map.of(
            Auth.BASIC,
            "Authorization: Basic czNjcmV0LXRva2Vu",
            new Auth(AuthScheme.API_KEY_HEADER, "X-Key"),
            "X-Key: " + SECRET,
            new Auth(AuthScheme.API_KEY_QUERY, "key"),
            "/things?x=1&key=" + SECRET);
    for (Map.Entry<Auth, String> one : asWanted.entrySet()) {
      server.answers(OK);
      try (HttpConnection other = connect(one.getKey())) {
        answered(other.send(request(server.url(), "GET", PATIENCE), SendGuard.NONE));
      }
      assertThat(server.requests()).last().asString().contains(one.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void acceptedAndClosedIsLostAndNotSentAgain(String method) throws Exception {
    server.answers("");
    lost(send(method));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void closedBeforeTheRequestIsReadIsLost() throws Exception {
    server.hangsUp();
    lost(send("POST"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 201 Created\\r"
            + "\\n"
            + "Content-Type: application/json\\r"
            + "\\n"
            + "Content-Length: 99\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + "{\"id\":",
        "HTTP/1.1 201 Created\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\n{\"id\"",
        "garbage"
      })
  void anAnswerCutShortIsLost(String answer) throws Exception {
    server.answers(answer.replace("\\r\\n", "\r\n"));
    lost(send("POST"));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void noAnswerInTimeIsLost() throws Exception {
    server.isSilent();
    IOException cause = lost(send("POST", Duration.ofMillis(1500), SendGuard.NONE));
    assertThat(cause).hasMessageContaining("no answer within 1500 ms");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aBodyThatNeverEndsIsLostInTime() throws Exception {
    server.answersAndWaits("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
    lost(send("POST", Duration.ofMillis(1500), SendGuard.NONE));
  }

  @Test
  void refusedConnectionIsNeverSent() throws Exception {
    String url;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + free.getLocalPort();
    }
    try (HttpConnection nowhere = connect(url, Auth.BEARER)) {
      assertThat(nowhere.send(request(url, "POST", PATIENCE), SendGuard.NONE))
          .isInstanceOf(SendOutcome.NeverSent.class);
    }
  }

  @Test
  void guardIsAskedAfterConnectingAndItsNoIsNeverSent() throws Exception {
    AtomicBoolean connected = new AtomicBoolean();
    SendOutcome outcome =
        send(
            "POST",
            PATIENCE,
            () -> {
              connected.set(server.hasBeenConnectedTo());
              return false;
            });
    assertThat(outcome).isInstanceOf(SendOutcome.NeverSent.class);
    assertThat(connected).isTrue();
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectIsAnAnswer(int status) throws Exception {
    server.answers(
        "HTTP/1.1 "
            + status
            + " Moved\r\nLocation: "
            + server.url()
            + "/elsewhere\r\nContent-Length: 0\r\n\r\n");
    assertThat(answered(send("POST")).status()).isEqualTo(status);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"401", "407", "408", "429", "500", "503"})
  void noStatusMakesItSendAgain(int status) throws Exception {
    server.answers(
        "HTTP/1.1 "
            + status
            + " No\r\nRetry-After: 0\r\nWWW-Authenticate: Basic realm=x\r\n"
            + "Content-Length: 0\r\n\r\n");
    assertThat(answered(send("POST")).status()).isEqualTo(status);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whatHasAnEffectGoesOutOnAConnectionOfItsOwn() throws Exception {
    server.answers(OK).answers(OK).answers(OK);
    send("GET");
    send("POST");
    send("POST");
    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void credentialIsInNoFailure() throws Exception {
    for (Auth auth : new Auth[] {Auth.BEARER, new Auth(AuthScheme.API_KEY_QUERY, "key")}) {
      server.answers("garbage");
      try (HttpConnection other = connect(auth)) {
        IOException cause =
            lost(other.send(request(server.url(), "POST", PATIENCE), SendGuard.NONE));
        StringWriter all = new StringWriter();
        cause.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(SECRET);
      }
    }
    assertThat(
            new ConnectionSettings("acme", server.url(), null, Auth.BEARER, SECRET, Duration.ZERO)
                .toString())
        .doesNotContain(SECRET);
  }

  @Test
  void credentialHasNoPlaceInTheUrl() {
    assertThatThrownBy(() -> connect("http://user:" + SECRET + "@127.0.0.1", Auth.BEARER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(SECRET)
        .hasMessageContaining("acme");
  }

  @Test
  void anAnswerOverTheLimitIsNotReadOn() throws Exception {
    server.answersAtLength(HttpConnection.MAX_ANSWER + 1);
    assertThat(lost(send("GET"))).hasMessageContaining("limit");
  }
}
