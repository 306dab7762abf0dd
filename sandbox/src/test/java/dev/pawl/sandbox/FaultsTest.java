package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Breaking things on purpose, and looking behind the scenes. */
class FaultsTest {
  private final Sandbox sandbox = Sandbox.start(Tiny.options());
  private final Client client = new Client(sandbox);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private void arm(String json) {
    assertThat(client.post("/_sandbox/faults", json).status()).isEqualTo(201);
  }

  private void expectNoAnswer(String name) {
    assertThatThrownBy(
            () -> client.send("POST", "/tags", "{\"name\":\"" + name + "\"}", "application/json"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void dropsTheAnswerOfWhatItMade() {
    arm("{\"match\":\"POST /tags\",\"fault\":\"drop-after-commit\"}");
    expectNoAnswer("kept");
    assertThat(client.get("/tags/kept").status()).isEqualTo(200);
    JsonNode logged = client.get("/_sandbox/requests").body().path(0);
    assertThat(logged.path("status").asInt()).isEqualTo(201);
    assertThat(client.get("/_sandbox/faults").body()).isEmpty();
  }

  @Test
  void dropsARequestUnhandled() {
    arm("{\"match\":\"POST /tags\",\"fault\":\"drop-before-commit\"}");
    expectNoAnswer("lost");
    assertThat(client.get("/tags/lost").status()).isEqualTo(404);
    JsonNode logged = client.get("/_sandbox/requests").body().path(0);
    assertThat(logged.path("status").asInt()).isZero();
    assertThat(logged.path("body").path("name").asText()).isEqualTo("lost");
  }

  @Test
  void answersAStatusAsOftenAsAskedAndMakesNothing() {
    arm(
        "{\"match\":\"POST /tags\",\"fault\":\"status\",\"status\":422,"
            + "\"body\":\"{\\\"message\\\":\\\"bad\\\"}\",\"times\":2}");
    for (int i = 0; i < 2; i++) {
      Client.Reply reply = client.post("/tags", "{\"name\":\"t\"}");
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.body().path("message").asText()).isEqualTo("bad");
    }
    assertThat(client.get("/_sandbox/resources").body()).isEmpty();
    assertThat(client.post("/tags", "{\"name\":\"t\"}").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /things/{id}, /things/5?x=y, 503",
    "GET /things/{}, /api/things/5, 503",
    "GET /things/{}, /things, 200",
    "GET /things, /things/5, 404",
    "POST /things/{}, /things/5, 404",
    "GET /things/special, /things/special, 503"
  })
  void matchesTheWholePathAndTheMethod(String match, String path, int expected) {
    arm("{\"match\":\"" + match + "\",\"fault\":\"status\",\"status\":503,\"times\":9}");
    assertThat(client.get(path).status()).isEqualTo(expected);
  }

  @Test
  void answersHtmlWhenToldTo() {
    arm(
        "{\"match\":\"GET /tags/{}\",\"fault\":\"status\",\"status\":404,"
            + "\"body\":\"<html/>\",\"contentType\":\"text/html\"}");
    Client.Reply reply = client.get("/tags/t");
    assertThat(reply.raw().body()).isEqualTo("<html/>");
    assertThat(reply.raw().headers().firstValue("content-type")).contains("text/html");
  }

  @Test
  void handlesADelayedRequestAllTheSame() {
    arm("{\"match\":\"POST /tags\",\"fault\":\"delay\",\"delayMs\":30}");
    assertThat(client.post("/tags", "{\"name\":\"late\"}").status()).isEqualTo(201);
    assertThat(client.get("/tags/late").status()).isEqualTo(200);
  }

  @Test
  void disarmsAll() {
    arm("{\"match\":\"GET /tags\",\"fault\":\"status\",\"times\":50}");
    assertThat(client.get("/tags").status()).isEqualTo(500);
    assertThat(client.delete("/_sandbox/faults").status()).isEqualTo(204);
    assertThat(client.get("/tags").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"fault\":\"delay\"} | match",
        "{\"match\":\"/tags\",\"fault\":\"delay\"} | match",
        "{\"match\":\"GET /tags\",\"fault\":\"explode\"} | fault",
        "{\"match\":\"GET /tags\",\"fault\":\"status\",\"status\":7} | status",
        "{\"match\":\"GET /tags\",\"fault\":\"delay\",\"delayMs\":-1} | delayMs",
        "{\"match\":\"GET /tags\",\"fault\":\"delay\",\"times\":0} | times",
        "{\"match\":\"GET /tags\",\"fault\":\"delay\",\"tiems\":1} | tiems",
        "[] | object"
      })
  void refusesABadFaultByTheNameOfItsField(String json, String named) {
    Client.Reply reply = client.post("/_sandbox/faults", json);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("message").asText()).contains(named);
  }

  @Test
  void logsEveryRequestButItsOwn() {
    client.get("/_sandbox");
    client.call("GET", "/tags?page=1", "", "", "Authorization", "Bearer secret");
    client.call("POST", "/tags", "not json", "text/plain");
    JsonNode log = client.get("/_sandbox/requests").body();
    assertThat(log).hasSize(2);
    assertThat(log.path(0).path("path").asText()).isEqualTo("/tags");
    assertThat(log.path(0).path("query").asText()).isEqualTo("page=1");
    assertThat(log.path(0).path("headers").toString()).contains("Bearer secret");
    assertThat(log.path(1).path("body").asText()).isEqualTo("not json");
  }

  @Test
  void removesBehindTheClientsBack() {
    client.post("/tags", "{\"name\":\"t\"}");
    assertThat(client.get("/_sandbox/resources").body().path(0).path("path").asText())
        .isEqualTo("/tags/t");
    assertThat(client.delete("/_sandbox/resources/tags/t").status()).isEqualTo(204);
    assertThat(client.get("/tags/t").status()).isEqualTo(404);
    assertThat(client.delete("/_sandbox/resources/tags/t").status()).isEqualTo(404);
  }
}
