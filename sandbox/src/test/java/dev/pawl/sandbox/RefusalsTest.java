package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a wrong request gets. */
class RefusalsTest {
  private final Sandbox sandbox = Sandbox.start(Tiny.options().requireAuth());
  private final Client client = new Client(sandbox);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Client.Reply post(String path, String body, String type) {
    return client.call("POST", path, body, type, "Authorization", "Bearer anything");
  }

  @Test
  void asksForTheDocumentedCredentialAndTakesAnyOfItsKind() {
    assertThat(client.get("/tags").status()).isEqualTo(401);
    assertThat(client.call("GET", "/tags", "", "", "Authorization", "Basic eA==").status())
        .isEqualTo(401);
    assertThat(client.call("GET", "/tags", "", "", "Authorization", "Bearer x").status())
        .isEqualTo(200);
    assertThat(client.get("/config").status()).isEqualTo(200);
  }

  @Test
  void namesTheMissingFieldInTheStyleOfTheDocument() {
    Client.Reply reply = post("/things", "{\"name\":\"x\"}", "application/json");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body().path("id").asText()).isEqualTo("unprocessable_entity");
    assertThat(reply.body().path("message").asText()).contains("size");
    assertThat(post("/tags", "{}", "application/json").status()).isEqualTo(400);
  }

  @Test
  void tellsBrokenJsonUnknownPathsAndWrongMethodsApart() {
    assertThat(post("/things", "{\"name\":", "application/json").status()).isEqualTo(400);
    assertThat(post("/nowhere", "{}", "application/json").status()).isEqualTo(404);
    Client.Reply wrong = post("/regions", "{}", "application/json");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.raw().headers().firstValue("Allow")).contains("GET");
    Client.Reply absent = client.call("GET", "/things/1", "", "", "Authorization", "Bearer x");
    assertThat(absent.body().path("id").asText()).isEqualTo("not_found");
  }

  @Test
  void understandsFormsWithBrackets() {
    Client.Reply reply =
        post(
            "/things",
            "name=f&size=s&tags[]=a&tags[]=b&rules[0][port]=80&rules[0][open]=true",
            "application/x-www-form-urlencoded");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body().at("/thing/tags")).hasToString("[\"a\",\"b\"]");
    assertThat(reply.body().at("/thing/rules")).hasToString("[{\"port\":80,\"open\":true}]");
  }

  @Test
  void refusesABodyOverTheLimit() {
    String big = "{\"name\":\"" + "x".repeat(8 * 1024 * 1024) + "\",\"size\":\"s\"}";
    assertThat(post("/things", big, "application/json").status()).isEqualTo(413);
  }
}
