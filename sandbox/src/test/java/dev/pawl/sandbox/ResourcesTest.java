package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Making, reading, changing and removing, as the tiny document says. */
class ResourcesTest {
  private final MutableClock clock = new MutableClock();
  private Sandbox sandbox = Sandbox.start(Tiny.options().clock(clock));
  private Client client = new Client(sandbox);

  @BeforeEach
  void start() {
    sandbox.close();
    sandbox = Sandbox.start(Tiny.options().clock(clock).readyAfter(Duration.ofSeconds(5)));
    client = new Client(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private JsonNode thing(String name) {
    Client.Reply reply = client.post("/things", "{\"name\":\"" + name + "\",\"size\":\"s\"}");
    assertThat(reply.status()).isEqualTo(202);
    return reply.body().path("thing");
  }

  @Test
  void echoesTheRequestInTheDocumentedEnvelopeAndInventsTheRest() {
    JsonNode thing =
        client
            .post(
                "/things",
                "{\"name\":\"web\",\"size\":\"big\",\"region\":\"nyc3\",\"tags\":[\"a\"],"
                    + "\"rules\":[{\"port\":80,\"open\":true}],\"password\":\"p\"}")
            .body()
            .path("thing");
    assertThat(thing.path("id").isInt()).isTrue();
    assertThat(thing.path("name").asText()).isEqualTo("web");
    assertThat(thing.path("size_slug").asText()).isEqualTo("big");
    assertThat(thing.path("region").path("slug").asText()).isEqualTo("nyc3");
    assertThat(thing.path("tags")).hasToString("[\"a\"]");
    assertThat(thing.path("rules")).hasToString("[{\"port\":80,\"open\":true}]");
    assertThat(Instant.parse(thing.path("created_at").asText())).isEqualTo(clock.instant());
    assertThat(thing.has("deleted_at")).isFalse();
    assertThat(thing.has("password")).isFalse();
    assertThat(thing.has("parent")).isFalse();
  }

  @Test
  void makesANewThingEveryTimeAndReadsEachBackUnchanged() {
    JsonNode first = thing("same");
    JsonNode second = thing("same");
    assertThat(second.path("id").asInt()).isGreaterThan(first.path("id").asInt());
    assertThat(client.get("/things/" + first.path("id")).body().path("thing")).isEqualTo(first);
    assertThat(client.get("/api/things/" + second.path("id")).body().path("thing"))
        .isEqualTo(second);
  }

  @Test
  void answersManyNamesWithManyThings() {
    Client.Reply reply = client.post("/things", "{\"names\":[\"a\",\"b\"],\"size\":\"s\"}");
    assertThat(reply.body().path("things").findValuesAsText("name")).containsExactly("a", "b");
    assertThat(client.get("/things").body().path("meta").path("total").asInt()).isEqualTo(2);
  }

  @Test
  void refusesAChosenKeyThatIsTaken() {
    assertThat(client.post("/tags", "{\"name\":\"web\"}").status()).isEqualTo(201);
    Client.Reply again = client.post("/tags", "{\"name\":\"web\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("message").asText()).contains("web");
    assertThat(client.get("/tags/web").body().path("tag").path("name").asText()).isEqualTo("web");
    assertThat(client.delete("/tags/web").status()).isEqualTo(204);
    assertThat(client.post("/tags", "{\"name\":\"web\"}").status()).isEqualTo(201);
  }

  @Test
  void givesAddressesOfItsOwn() {
    String first = client.post("/addresses", "").body().path("address").path("ip").asText();
    String second = client.post("/addresses", "").body().path("address").path("ip").asText();
    assertThat(first).matches("198\\.1[89]\\.\\d+\\.\\d+").isNotEqualTo(second);
    assertThat(client.get("/addresses/" + first).status()).isEqualTo(200);
  }

  @Test
  void pagesAndFiltersLists() {
    client.post("/things", "{\"name\":\"t\",\"size\":\"s\",\"tags\":[\"red\"]}");
    for (int i = 0; i < 4; i++) {
      thing("n" + i);
    }
    JsonNode first = client.get("/things").body();
    assertThat(first.path("things")).hasSize(3);
    assertThat(first.path("meta").path("total").asInt()).isEqualTo(5);
    String next = first.path("links").path("pages").path("next").asText();
    assertThat(next).startsWith(sandbox.baseUri() + "/things?page=2");
    JsonNode second = client.get(next.substring(sandbox.baseUri().toString().length())).body();
    assertThat(second.path("things").findValuesAsText("name")).containsExactly("n2", "n3");
    assertThat(second.path("links").path("pages").has("next")).isFalse();
    assertThat(client.get("/things?tag_name=red").body().path("things")).hasSize(1);
    assertThat(client.get("/things?tag_name=blue").body().path("things")).isEmpty();
  }

  @Test
  void showsWhatIsPostedToAPartOfACollectionInTheWhole() {
    String id = client.post("/numbers/local", "{\"label\":\"n\"}").body().path("id").asText();

    assertThat(client.get("/numbers/" + id).body().path("label").asText()).isEqualTo("n");
    assertThat(client.get("/numbers").body()).hasSize(1);
  }

  @Test
  void keepsNestedThingsUnderTheirParentAndShowsThemElsewhere() {
    String parent = thing("p").path("id").asText();
    String other = thing("o").path("id").asText();
    String id =
        client
            .post("/things/" + parent + "/snapshots", "{\"name\":\"s\"}")
            .body()
            .path("snapshot")
            .path("id")
            .asText();
    assertThat(client.get("/snapshots/" + id).status()).isEqualTo(200);
    assertThat(client.get("/things/" + parent + "/snapshots").body().path("snapshots")).hasSize(1);
    assertThat(client.get("/things/" + other + "/snapshots").body().path("snapshots")).isEmpty();
    assertThat(client.post("/things/77/snapshots", "{\"name\":\"s\"}").status()).isEqualTo(404);
    client.delete("/things/" + parent);
    assertThat(client.get("/snapshots/" + id).status()).isEqualTo(404);
  }

  @Test
  void answersAnActionWithoutMakingAResource() {
    String id = thing("p").path("id").asText();
    JsonNode action =
        client.post("/things/" + id + "/actions", "{\"type\":\"reboot\"}").body().path("action");
    assertThat(action.path("type").asText()).isEqualTo("reboot");
    assertThat(client.get("/things/" + id + "/actions/" + action.path("id")).status())
        .isEqualTo(200);
    assertThat(client.get("/_sandbox/resources").body()).hasSize(1);
    assertThat(client.post("/things/77/actions", "{\"type\":\"x\"}").status()).isEqualTo(404);
  }

  @Test
  void tellsOfAThingOnlyByItsLocation() {
    Client.Reply made = client.post("/vaults", "{\"vault_name\":\"v\"}");
    assertThat(made.raw().body()).isEmpty();
    String location = made.raw().headers().firstValue("Location").orElseThrow();
    JsonNode vault = client.get(location).body();
    assertThat(vault.path("name").asText()).isEqualTo("v");
    assertThat(location).isEqualTo("/vaults/" + vault.path("vault_id").asInt());
  }

  @Test
  void makesByPutWhereTheDocumentSaysSo() {
    assertThat(client.get("/secrets/s").status()).isEqualTo(404);
    Client.Reply put =
        client.call("PUT", "/secrets/s", "{\"value\":\"x\",\"note\":\"n\"}", "application/json");
    assertThat(put.status()).isEqualTo(201);
    assertThat(client.get("/secrets/s").body().path("note").asText()).isEqualTo("n");
    assertThat(client.get("/secrets/s").body().has("value")).isFalse();
    assertThat(client.get("/_sandbox/resources").body()).hasSize(1);
  }

  @Test
  void changesWhatAPatchNames() {
    String path = "/things/" + thing("before").path("id");
    client.call("PATCH", path, "{\"tags\":[\"x\"]}", "application/json");
    JsonNode after = client.get(path).body().path("thing");
    assertThat(after.path("tags")).hasToString("[\"x\"]");
    assertThat(after.path("name").asText()).isEqualTo("before");
    assertThat(client.call("PATCH", "/things/77", "{}", "application/json").status())
        .isEqualTo(404);
  }

  @Test
  void becomesReadyByTheClock() {
    JsonNode thing = thing("slow");
    assertThat(thing.path("status").asText()).isEqualTo("new");
    clock.forward(Duration.ofMillis(4_900));
    String path = "/things/" + thing.path("id");
    assertThat(client.get(path).body().at("/thing/status").asText()).isEqualTo("new");
    assertThat(client.get("/things").body().at("/things/0/status").asText()).isEqualTo("new");
    clock.forward(Duration.ofMillis(200));
    assertThat(client.get(path).body().at("/thing/status").asText()).isEqualTo("active");
  }

  @Test
  void keepsSettingsWhereNothingHasAKey() {
    assertThat(client.get("/config").body()).hasToString("{\"mode\":\"slow\"}");
    client.call("PUT", "/config", "{\"mode\":\"fast\"}", "application/json");
    assertThat(client.get("/config").body().path("mode").asText()).isEqualTo("fast");
    assertThat(client.get("/regions").body()).hasToString("{\"regions\":[]}");
    assertThat(client.get("/things/special").status()).isEqualTo(200);
  }

  @Test
  void makesTwentyThingsForTwentyConcurrentPosts() throws Exception {
    List<Future<JsonNode>> posts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        posts.add(threads.submit(() -> thing("c")));
      }
    }
    Set<String> ids = new HashSet<>();
    for (Future<JsonNode> post : posts) {
      ids.add(post.get().path("id").asText());
    }
    assertThat(ids).hasSize(20);
    JsonNode log = client.get("/_sandbox/requests").body();
    assertThat(log).hasSize(20).allMatch(entry -> entry.path("status").asInt() == 202);
  }
}
