package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.Outcome;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.testkit.FakeConnection;
import dev.pawl.model.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Generated models under the create protocol, against an API that answers as its document says. */
class GeneratedModelsRunTest {
  private final FakeConnection api = new FakeConnection("trap");

  @Test
  void aFormCreateUnderAParentIsSentOnceAndThenReadByItsTwoKeys() throws Exception {
    Model reversal = model("parameter-names-lie", "reversal");
    ObjectNode shown = object("{'id': 're_1', 'object': 'reversal', 'amount': 5, 'created': 1}");
    api.on("POST /transfers/tr%201/reversals", 200, shown)
        .on("GET /transfers/tr%201/reversals/re_1", 200, shown)
        .on("POST /transfers/tr%201/reversals/re_1", 200, shown);
    TestContext context = context("trap/reversal");
    ObjectNode arguments = object("{'id': 'tr 1', 'amount': 5, 'metadata': {'why': 'a&b'}}");

    assertThat(reversal.invoke("create", arguments, context).outcome()).isEqualTo(Outcome.CREATED);
    assertThat(reversal.invoke("create", arguments, context).outcome()).isEqualTo(Outcome.VERIFIED);
    reversal.invoke("update", object("{'metadata': {'why': 'c'}}"), context);

    assertThat(sent("POST", "/reversals"))
        .hasSize(1)
        .first()
        .satisfies(
            body ->
                assertThat(body)
                    .contains("amount=5")
                    .contains("metadata%5Bwhy%5D=a%26b")
                    .contains("metadata%5Bpawl%5D=pawl-"));
    assertThat(sent("POST", "/reversals/re_1")).containsExactly("metadata%5Bwhy%5D=c");
  }

  @Test
  void aTokenInTheBodyIsNoArgumentAndTheSameWhenSentAgain() throws Exception {
    Model payout = model("tokens-in-bodies", "payout");
    assertThat(
            payout.descriptor().method("create").orElseThrow().argumentsSchema().path("properties"))
        .hasSize(1);
    ObjectNode shown = object("{'id': 'p1', 'amount': 5}");
    api.loses("POST /payouts").on("POST /payouts", 201, shown).on("GET /payouts/p1", 200, shown);

    MethodResult made = payout.invoke("create", object("{'amount': 5}"), context("trap/payout"));

    assertThat(made.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(sent("POST", "/payouts"))
        .hasSize(2)
        .allMatch(b -> b.matches(".*\"idempotency_key\":\"pawl-[a-z2-7]{26}\".*"));
    assertThat(sent("POST", "/payouts").get(0)).isEqualTo(sent("POST", "/payouts").get(1));
  }

  @Test
  void anOperationIsAskedUntilItSaysWhatItMade() throws Exception {
    api.on("POST /disks", 202, object("{'job': {'id': 'j 1', 'status': 'queued'}}"))
        .on("GET /jobs/j%201", 200, object("{'id': 'j 1', 'status': 'paused'}"))
        .on(
            "GET /jobs/j%201",
            200, object("{'id': 'j 1', 'status': 'finished', 'resource': {'id': 'd/1'}}"))
        .on("GET /disks/d%2F1", 200, object("{'id': 'd/1', 'size': 5}"));
    Model disk = model("operations-to-ask", "disk");
    TestContext context = context("trap/disk");

    MethodResult made = disk.invoke("create", object("{'size': 5}"), context);
    assertThat(made.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(made.output().path("size").asInt()).isEqualTo(5);
    assertThat(sent("POST", "/disks")).hasSize(1);
  }

  @Test
  void aPathTakesTheEndOfANameEncodedAndAWholeOneWithItsSlashes() throws Exception {
    ObjectNode topic = object("{'name': 'projects/p 1/topics/a:b%?'}");
    api.on("GET /v1/projects/p%201/topics", 200, object("{'topics': []}"))
        .on("POST /v1/projects/p%201/topics", 200, topic)
        .on("GET /v1/projects/p%201/topics/a%3Ab%25%3F", 200, topic);
    Model topics = model("values-for-paths", "project_topic");
    TestContext context = context("trap/project_topic");
    ObjectNode arguments = object("{'project': 'p 1', 'title': 't', 'size': 1}");
    assertThat(topics.invoke("create", arguments, context).outcome()).isEqualTo(Outcome.CREATED);
    assertThat(topics.invoke("create", arguments, context).outcome()).isEqualTo(Outcome.VERIFIED);

    ObjectNode note = object("{'name': 'folders/f g/notes/n'}");
    api.on("POST /v1/notes", 200, note).on("GET /v1/notes/folders/f%20g/notes/n", 200, note);
    Model notes = model("values-for-paths", "note");
    TestContext other = context("trap/note");
    assertThat(notes.invoke("create", object("{'title': 't'}"), other).outcome())
        .isEqualTo(Outcome.CREATED);
    assertThat(notes.invoke("create", object("{'title': 't'}"), other).outcome())
        .isEqualTo(Outcome.VERIFIED);
  }

  @Test
  void aSecretThatOnlyTheCreateShowsStaysInTheState() throws Exception {
    api.on("POST /keys", 201, object("{'key': {'id': 'k', 'title': 't', 'secret_key': 's3'}}"))
        .on("GET /keys/k", 200, object("{'key': {'id': 'k', 'title': 't'}}"));
    Model key = model("secrets-shown-once", "key");
    TestContext context = context("trap/key");

    MethodResult made = key.invoke("create", object("{'title': 't'}"), context);
    MethodResult again = key.invoke("create", object("{'title': 't'}"), context);

    assertThat(made.output().path("secret_key").asText()).isEqualTo("s3");
    assertThat(again.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(again.output().path("secret_key").asText()).isEqualTo("s3");
  }

  @Test
  void parametersWhoseValueTheDocumentSaysNeedNotBeGiven() throws Exception {
    ObjectNode shown = object("{'id': '7', 'title': 't'}");
    api.on("POST /api/v3/acme/things", 201, shown).on("GET /api/v3/acme/things/7", 200, shown);
    Model thing = model("parameters-with-values", "thing");
    TestContext context = context("trap/thing");

    JsonNode required =
        thing.descriptor().method("create").orElseThrow().argumentsSchema().path("required");
    assertThat(required).extracting(JsonNode::asText).containsExactly("tenant");
    ObjectNode arguments = object("{'tenant': 'acme', 'title': 't'}");
    assertThat(thing.invoke("create", arguments, context).outcome()).isEqualTo(Outcome.CREATED);
    assertThat(thing.invoke("create", arguments, context).outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(api.requests())
        .hasSizeGreaterThan(2)
        .allMatch(r -> "api-version=2026-01".equals(r.uri().getRawQuery()));
  }

  @Test
  void aTokenMayBeAUuid() throws Exception {
    Model volume = model("tokens-in-bodies", "volume");
    ObjectNode shown = object("{'id': 'v1', 'size': 5}");
    api.on("POST /volumes", 201, shown).on("GET /volumes/v1", 200, shown);

    volume.invoke("create", object("{'size': 5}"), context("trap/volume"));

    assertThat(Json.parse(sent("POST", "/volumes").get(0)).path("clientToken").asText())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void aClientChosenKeyIsLookedForFirst() throws Exception {
    Model tag = model("keys-not-called-id", "tag");
    ObjectNode shown = object("{'tag': {'name': 'web'}}");
    api.on("GET /tags/web", 404, object("{'message': 'none'}"))
        .on("GET /tags/web", 200, shown)
        .on("POST /tags", 201, shown);
    TestContext context = context("trap/tag");

    MethodResult made = tag.invoke("create", object("{'name': 'web'}"), context);

    assertThat(made.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(made.output().path("name").asText()).isEqualTo("web");
    assertThat(tag.invoke("create", object("{'name': 'web'}"), context).outcome())
        .isEqualTo(Outcome.VERIFIED);
    assertThat(sent("POST", "/tags")).containsExactly("{\"name\":\"web\"}");
  }

  @Test
  void aLostAnswerIsFoundByTheMarkerItCarried() throws Exception {
    Model server = model("reconciling", "server");
    ObjectNode empty = object("{'servers': []}");
    api.loses("POST /servers").on("GET /servers", 200, empty);
    TestContext context = context("trap/server");
    try {
      server.invoke("create", object("{'name': 'web', 'tags': ['blue']}"), context);
    } catch (dev.pawl.model.MethodException e) {
      // In doubt or proven absent and lost again: either way a marker went out.
    }
    String marker = Json.parse(sent("POST", "/servers").get(0)).path("tags").path(1).asText();
    ObjectNode found = object("{'id': 's1', 'name': 'web', 'status': 'active'}");
    found.putArray("tags").add("blue").add(marker);
    ObjectNode page = Json.object();
    page.putArray("servers").add(found);
    api.on("GET /servers", 200, page).on("GET /servers/s1", 200, found);
    int before = sent("POST", "/servers").size();

    MethodResult again =
        server.invoke("create", object("{'name': 'web', 'tags': ['blue']}"), context);

    assertThat(again.output().path("id").asText()).isEqualTo("s1");
    assertThat(again.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(sent("POST", "/servers")).hasSize(before);
  }

  @Test
  void withoutAnItemReadTheListVerifies() throws Exception {
    Model group = model("reconciling", "group");
    ObjectNode shown = object("{'id': 'g1', 'name': 'all'}");
    ObjectNode page = Json.object();
    page.putArray("groups").add(shown);
    api.on("GET /groups", 200, object("{'groups': []}"))
        .on("GET /groups", 200, page)
        .on("POST /groups", 201, shown)
        .on("DELETE /groups/g1", 204, Json.object());
    TestContext context = context("trap/group");
    ObjectNode arguments = object("{'name': 'all'}");

    assertThat(group.invoke("create", arguments, context).outcome()).isEqualTo(Outcome.CREATED);
    assertThat(group.invoke("create", arguments, context).outcome()).isEqualTo(Outcome.VERIFIED);
    group.invoke("delete", Json.object(), context);

    assertThat(sent("POST", "/groups")).hasSize(1);
    assertThat(sent("DELETE", "/groups/g1")).hasSize(1);
  }

  @Test
  void anActionSendsItsTypeAndItsOwnArguments() throws Exception {
    Model node = model("odd-schemas", "node");
    ObjectNode shown = object("{'id': '7', 'name': 'a'}");
    api.on("POST /api/v1/nodes", 201, shown)
        .on("GET /api/v1/nodes/7", 200, shown)
        .on("POST /api/v1/nodes/7/actions", 201, object("{'status': 'done'}"));
    TestContext context = context("trap/node");
    node.invoke("create", object("{'name': 'a'}"), context);

    MethodResult result = node.invoke("resize", object("{'size': 'big'}"), context);

    assertThat(result.output().path("status").asText()).isEqualTo("done");
    JsonNode body = Json.parse(sent("POST", "/api/v1/nodes/7/actions").get(0));
    assertThat(body).isEqualTo(object("{'size': 'big', 'type': 'resize'}"));
  }

  private TestContext context(String type) {
    return TestContext.of(type, "one").connection(api).build();
  }

  private List<String> sent(String method, String pathEnd) {
    return api.requests().stream()
        .filter(r -> r.method().equals(method) && r.uri().getPath().endsWith(pathEnd))
        .map(GeneratedModelsRunTest::body)
        .toList();
  }

  private static String body(ApiRequest request) {
    return request.body() == null
        ? ""
        : new String(Objects.requireNonNull(request.body()), StandardCharsets.UTF_8);
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }

  private static Model model(String trap, String kind) {
    return Generated.of(Traps.api(trap)).models().stream()
        .filter(m -> m.descriptor().type().equals("trap/" + kind))
        .findFirst()
        .orElseThrow();
  }
}
