package dev.pawl.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Secrets;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTest extends HttpTest {
  private ObjectNode get(String path) {
    return Json.object().put("url", site.url(path));
  }

  private MethodResult read(ObjectNode arguments) throws Exception {
    return model.invoke("read", arguments, context);
  }

  @Test
  void theAnswerIsTheOutputAndEveryCallAsksAnew() throws Exception {
    site.on("GET /health", 200, "{\"up\": false}").on("GET /health", 200, "{\"up\": true}");

    MethodResult first = read(get("/health"));
    MethodResult second = read(get("/health"));

    assertThat(first.outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(first.output().path("status").asInt()).isEqualTo(200);
    assertThat(first.output().at("/body/up").asBoolean(true)).isFalse();
    assertThat(second.output().at("/body/up").asBoolean()).isTrue();
    assertThat(first.output().at("/headers/set-cookie").asText()).isEqualTo("***");
    assertThat(row().version()).isZero();
  }

  @Test
  void textIsGivenAsText() throws Exception {
    site.on("GET /motd", Site.answer(200, "text/plain", "good morning"));

    assertThat(read(get("/motd")).output().path("bodyText").asText()).isEqualTo("good morning");
  }

  @Test
  void queryParametersAreEncodedAndListsRepeatTheirName() throws Exception {
    site.on("GET /find", 200, "[]");
    ObjectNode arguments = get("/find?a=1");
    arguments.putObject("query").put("q", "x & y").putArray("tag").add("t1").add("t2");

    read(arguments);

    assertThat(site.seen("GET /find").get(0).line())
        .isEqualTo("GET /find?a=1&q=x+%26+y&tag=t1&tag=t2");
  }

  @ParameterizedTest
  @CsvSource({
    "404, API_REFUSED",
    "401, API_UNAUTHENTICATED",
    "429, RATE_LIMITED",
    "503, UNAVAILABLE",
    "302, API_REFUSED"
  })
  void whatIsNotExpectedFails(int status, Reason reason) {
    site.on("GET /x", status, "{\"message\": \"so it is\"}");

    MethodException e = refused("read", get("/x"));

    assertThat(e.failure().reason()).isEqualTo(reason);
    assertThat(e.failure().message()).startsWith("GET /x was answered " + status);
  }

  @Test
  void theAuthorSaysWhatIsExpected() throws Exception {
    site.on("GET /x", 404, "{}").on("GET /x", 200, "{}");
    ObjectNode arguments = get("/x");
    arguments.putArray("expect").add(404).add("3xx");

    assertThat(read(arguments).output().path("status").asInt()).isEqualTo(404);
    assertThat(refused("read", arguments).failure().message()).contains("expect: 404, 3xx");
  }

  @Test
  void anAnswerOverTheLimitFails() {
    site.on("GET /big", Site.answer(200, "text/plain", "x".repeat(Answers.LIMIT)));

    assertThat(refused("read", get("/big")).failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);

    // The limit counts bytes: what passed here and not there would be lost after an effect.
    String wide = "é".repeat(Answers.LIMIT / 2);
    site.on("GET /wide", Site.answer(200, "text/plain; charset=utf-8", wide));
    assertThat(refused("read", get("/wide")).failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
  }

  @Test
  void credentialsAreShownNowhere() {
    site.on("GET /x", 403, "{\"message\": \"no: Bearer s3cret-value and k3y+value\"}");
    ObjectNode arguments = get("/x?api_key=k3y%2Bvalue");
    arguments.putObject("headers").put("Authorization", "Bearer s3cret-value");
    arguments.putObject("query").put("access_token", "t0ken-value");

    String message = refused("read", arguments).failure().message();

    assertThat(site.seen("GET /x").get(0).header("Authorization")).isEqualTo("Bearer s3cret-value");
    assertThat(site.seen("GET /x").get(0).line()).contains("api_key=").contains("t0ken-value");
    assertThat(message).contains("no: ***").doesNotContain("s3cret").doesNotContain("t0ken");
    assertThat(message).doesNotContain("k3y+value").doesNotContain("k3y%2Bvalue");
  }

  @ParameterizedTest
  @CsvSource({
    "keyword, false",
    "monkeys, false",
    "page, false",
    "key, true",
    "apiKey, true",
    "X-Key-Id, true",
    "Authorization, true",
    "Set-Cookie, true",
    "refresh_token, true"
  })
  void whatIsACredentialIsToldByItsName(String name, boolean secret) {
    assertThat(Secrets.isSecret(name)).isEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "/relative",
        "http:///nohost",
        "http://u:p4ss@h/",
        "http://["
      })
  void onlyPlainWebAddressesAreTaken(String url) {
    MethodException e = refused("read", Json.object().put("url", url));

    assertThat(e.failure().reason()).isEqualTo(Reason.INVALID_ARGUMENTS);
    assertThat(e.failure().message()).startsWith("url ").doesNotContain("p4ss");
  }

  @ParameterizedTest
  @CsvSource({"Host, x", "Content-Length, 5", "'Bad Name', x", "Fine, 'a\r\nInjected: yes'"})
  void headersThatWouldChangeTheRequestAreRefused(String name, String value) {
    ObjectNode arguments = get("/x");
    arguments.putObject("headers").put(name, value);

    assertThat(refused("read", arguments).failure().reason()).isEqualTo(Reason.INVALID_ARGUMENTS);
    assertThat(site.seen("GET /x")).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    site.close();

    MethodException e = refused("read", get("/x"));

    assertThat(e.failure().reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(e.failure().message()).contains("http://127.0.0.1:");
  }
}
