package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.rest.AwaitOperation.Ended;
import dev.pawl.model.rest.IdentityPart.Source;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the values that name an object come from. */
@NullUnmarked // a null where none belongs fails the test
class IdentitiesTest {
  private static final ObjectNode NOTHING = Json.object();
  private static final Operation GET_TASK =
      new Operation(
          "GET", "/tasks/{task}", List.of(Parameter.path("task")), Body.NONE, Map.of(), "");

  private static RestResource resource(
      @Nullable Operation get, @Nullable BegunOperation operation, IdentityPart... parts) {
    return new RestResource(
        Things.TYPE,
        new ApiDescriptor("fake", "", ApiDescriptor.Auth.NONE),
        Things.CREATE,
        get,
        null,
        null,
        null,
        List.of(parts),
        Things.NONE,
        null,
        null,
        Set.of(),
        Set.of(),
        operation);
  }

  private static BegunOperation task(String answerPointer, IdentityPart... parts) {
    return new BegunOperation(
        GET_TASK, answerPointer, List.of(parts), "/status", Set.of("done"), Set.of(), "");
  }

  private static ApiResponse answer(int status, String body) {
    return new ApiResponse(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static ApiResponse pointing(int status, String header, String to) {
    return new ApiResponse(status, Map.of(header, to), new byte[0]);
  }

  private static ObjectNode id(String value) {
    return Json.object().put("id", value);
  }

  @Test
  void theAnswerNamesWhatItMade() {
    RestResource resource = resource(Things.GET, null, IdentityPart.response("id", "/thing/id"));
    assertThat(Identities.fromAnswer(resource, NOTHING, answer(201, "{\"thing\":{\"id\":7}}")))
        .contains(id("7"));
    for (String useless :
        List.of(
            "",
            "{}",
            "{\"thing\":{\"id\":null}}",
            "{\"thing\":{\"id\":\"\"}}",
            "{\"thing\":{\"id\":{}}}",
            "<html>")) {
      assertThat(Identities.fromAnswer(resource, NOTHING, answer(201, useless)))
          .as(useless)
          .isEmpty();
    }
  }

  @Test
  void whatTheClientChoseIsKnownBeforeTheSendAndKept() {
    RestResource resource =
        resource(
            Things.GET,
            null,
            IdentityPart.request("project", "/project"),
            IdentityPart.response("id", "/id"));
    ObjectNode known =
        Identities.beforeSend(resource, Json.object().put("project", "p").put("id", "given"));
    assertThat(known).isEqualTo(Json.object().put("project", "p"));
    assertThat(Identities.isWhole(resource, known)).isFalse();
    ObjectNode whole =
        Identities.fromAnswer(resource, known, answer(201, "{\"id\":\"t\",\"project\":\"q\"}"))
            .orElseThrow();
    assertThat(whole).isEqualTo(Json.object().put("project", "p").put("id", "t"));
    assertThat(Identities.externalId(resource, whole)).isEqualTo("p;t");
    assertThat(known).as("what was known before is not changed").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/things/t-1,                        t-1",
    "https://api.test/v1/things/t-1,     t-1",
    "/things/t-1/,                       t-1",
    "/things/t-1?wait=1,                 t-1",
    "/things/t-1#top,                    t-1",
    "/things/a%20b+c,                    a b+c",
  })
  void aLocationEndsInTheKey(String location, String key) {
    RestResource resource = resource(Things.GET, null, IdentityPart.location("id"));
    assertThat(Identities.fromAnswer(resource, NOTHING, pointing(201, "location", location)))
        .contains(id(key));
  }

  /** What watches over the making has a location too. */
  @ParameterizedTest
  @ValueSource(strings = {"/tasks/7", "/t-1", "t-1", ""})
  void aLocationOfWhatIsOnlyAcceptedCountsInItsCollection(String elsewhere) {
    RestResource resource = resource(Things.GET, null, IdentityPart.location("id"));
    assertThat(Identities.fromAnswer(resource, NOTHING, pointing(202, "location", elsewhere)))
        .isEmpty();
    assertThat(Identities.fromAnswer(resource, NOTHING, pointing(202, "location", "/Things/7")))
        .contains(id("7"));
  }

  @Test
  void whereNothingReadsOneEveryLocationCounts() {
    RestResource resource = resource(null, null, IdentityPart.location("id"));
    assertThat(Identities.fromAnswer(resource, NOTHING, pointing(202, "location", "/any/7")))
        .contains(id("7"));
    assertThat(Identities.fromAnswer(resource, NOTHING, answer(202, ""))).isEmpty();
  }

  /** Some paths go on behind the key. */
  @Test
  void theCollectionIsWhatStandsBeforeTheLastKey() {
    Operation get =
        new Operation("GET", "/a/{a}/things/{id}/state", List.of(), Body.NONE, Map.of(), "");
    RestResource resource = resource(get, null, IdentityPart.location("id"));
    assertThat(Identities.fromAnswer(resource, NOTHING, pointing(202, "location", "/a/1/things/7")))
        .contains(id("7"));
    assertThat(Identities.fromAnswer(resource, NOTHING, pointing(202, "location", "/a/1/tasks/7")))
        .isEmpty();
    RestResource fixed =
        resource(
            new Operation("GET", "/settings", List.of(), Body.NONE, Map.of(), ""),
            null,
            IdentityPart.location("id"));
    assertThat(Identities.fromAnswer(fixed, NOTHING, pointing(202, "location", "/settings/7")))
        .as("a path without a key has no collection")
        .isEmpty();
  }

  @Test
  void anOperationNamesWhatItMakesAtOnceOrWhenItEnds() {
    RestResource resource =
        resource(
            Things.GET,
            task("/task", new IdentityPart("task", Source.OPERATION, "/no")),
            new IdentityPart("id", Source.OPERATION, "/made"));
    assertThat(
            Identities.fromAnswer(resource, NOTHING, answer(202, "{\"task\":{\"made\":\"t-1\"}}")))
        .contains(id("t-1"));
    assertThat(Identities.fromAnswer(resource, NOTHING, pointing(202, "location", "/things/t-2")))
        .contains(id("t-2"));
    assertThat(Identities.fromAnswer(resource, NOTHING, pointing(202, "location", "/tasks/7")))
        .isEmpty();

    assertThat(ended(resource, "{\"made\":\"t-3\"}", "")).isEqualTo(id("t-3"));
    assertThat(ended(resource, "{}", "/things/t-4")).isEqualTo(id("t-4"));
    assertThat(ended(resource, "{\"made\":\"t-3\"}", "/things/t-4")).isEqualTo(id("t-3"));
    assertThat(ended(resource, "{}", "/tasks/7")).isNull();
    assertThat(ended(resource, "{}", "")).isNull();
  }

  /** What the client chose is not the operation's to say. */
  @Test
  void aLocationNamesOnlyWhatTheClientDidNotChoose() {
    RestResource resource = resource(Things.GET, task(""), IdentityPart.request("id", "/name"));
    assertThat(ended(resource, "{}", "/things/t-4")).isNull();
  }

  private static @Nullable ObjectNode ended(RestResource resource, String last, String location) {
    return Identities.fromOperation(resource, NOTHING, new Ended.Well(Json.parse(last), location))
        .orElse(null);
  }

  @Test
  void theOperationItselfIsNamedByTheAnswerTheArgumentsOrAHeader() {
    RestResource resource =
        resource(
            Things.GET,
            task(
                "/task",
                IdentityPart.request("project", "/project"),
                IdentityPart.response("queue", "/queue"),
                new IdentityPart("task", Source.OPERATION, "/id")));
    ObjectNode arguments = Json.object().put("project", "p");
    assertThat(
            Identities.ofOperation(
                resource, arguments, answer(202, "{\"queue\":\"q\",\"task\":{\"id\":7}}")))
        .contains(Json.object().put("project", "p").put("queue", "q").put("task", "7"));
    assertThat(Identities.ofOperation(resource, arguments, answer(202, "{\"task\":{\"id\":7}}")))
        .as("without its queue it cannot be asked")
        .isEmpty();
    assertThat(Identities.ofOperation(resource(Things.GET, null), arguments, answer(202, "{}")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"operation-location", "azure-asyncoperation", "location"})
  void aHeaderThatPointsAtTheOperationNamesIt(String header) {
    RestResource resource = resource(Things.GET, task("", IdentityPart.location("task")));
    assertThat(
            Identities.ofOperation(resource, NOTHING, pointing(202, header, "https://a/tasks/7")))
        .contains(Json.object().put("task", "7"));
    assertThat(Identities.ofOperation(resource, NOTHING, pointing(202, header, "/things/7")))
        .isEmpty();
  }

  @Test
  void aListedItemIsNamedByItsKeyAndItsCollection() {
    Listing listing = Things.listing(new Listing.Paging.None());
    RestResource resource =
        resource(
            Things.GET,
            null,
            IdentityPart.request("project", "/project"),
            IdentityPart.response("id", "/thing/id"));
    ObjectNode collection = Json.object().put("project", "p");
    assertThat(Identities.ofItem(resource, listing, collection, Json.parse("{\"id\":\"t\"}")))
        .contains(Json.object().put("project", "p").put("id", "t"));
    assertThat(Identities.ofItem(resource, listing, collection, Json.parse("{}"))).isEmpty();
    ObjectNode ours = Json.object().put("project", "p").put("id", "ours");
    assertThat(Identities.ofItem(resource, listing, ours, Json.parse("{}")))
        .as("an item without a key is not the one that is looked for")
        .isEmpty();
    assertThat(Identities.ofItem(resource, listing, NOTHING, Json.parse("{\"id\":\"t\"}")))
        .isEmpty();
    assertThat(
            Identities.ofItem(resource(null, null), listing, collection, Json.parse("{\"id\":1}")))
        .isEmpty();
  }

  @Test
  void aValueIsTakenAsThePathTakesIt() {
    assertThat(PathValue.WHOLE.of("projects/p/things/t")).isEqualTo("projects/p/things/t");
    assertThat(PathValue.LAST_SEGMENT.of("projects/p/things/t")).isEqualTo("t");
    assertThat(PathValue.LAST_SEGMENT.of("t")).isEqualTo("t");
    PathValue ref = new PathValue("refs/", false, true);
    assertThat(ref.of("refs/heads/main")).isEqualTo("heads/main");
    assertThat(ref.of("heads/refs/main")).isEqualTo("heads/refs/main");

    RestResource resource =
        resource(
            Things.GET, null, IdentityPart.response("id", "/name").taking(PathValue.LAST_SEGMENT));
    assertThat(Identities.fromAnswer(resource, NOTHING, answer(201, "{\"name\":\"things/t\"}")))
        .contains(id("t"));
    assertThat(Identities.fromAnswer(resource, NOTHING, answer(201, "{\"name\":\"things/\"}")))
        .as("nothing is left of it")
        .isEmpty();
  }
}
