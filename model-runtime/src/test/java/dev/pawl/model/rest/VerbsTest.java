package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Preview;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.In;
import dev.pawl.model.rest.Operation.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the methods on a stored thing send, and what they make of each answer. */
@NullUnmarked // a null where none belongs fails the test
class VerbsTest extends CannedApiTest {
  private static final Operation PUT =
      new Operation(
          "PUT", "/things/{id}", List.of(Parameter.path("id")), Body.JSON, Map.of(), "/thing");

  private RestResource resource = Things.reconciledBy(Things.NONE);

  private MethodResult call(String method) throws Exception {
    return call(method, Json.object());
  }

  private MethodResult call(String method, ObjectNode arguments) throws Exception {
    return Things.model(resource).invoke(method, arguments, context);
  }

  private void stored() throws MethodException {
    stored(Json.object().put("name", "web").put("size", 1), Things.named("web"));
  }

  private static RestResource with(@Nullable Operation get, Operation update, ApiDescriptor api) {
    return new RestResource(
        Things.TYPE,
        api,
        Things.CREATE,
        get,
        null,
        update,
        Things.DELETE,
        List.of(IdentityPart.response("id", "/thing/id")),
        Things.NONE,
        null,
        null,
        Set.of());
  }

  private String sent(int request) {
    return new String(api.asked().get(request).body(), StandardCharsets.UTF_8);
  }

  @Test
  void aMethodThatThereIsNotIsNamedBesideThoseThatThereAre() {
    assertThatThrownBy(() -> call("explode"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("fake/thing has no method 'explode'", "create", "reboot");
  }

  @Test
  void whatIsReadIsStoredWhereItIsTheThing() throws Exception {
    stored();
    api.says(200, "{'thing':{'name':'renamed'}}").says(200, "[1]");
    assertThat(call("get").output()).isEqualTo(Json.object().put("name", "renamed"));
    assertThat(row().data()).isEqualTo(Json.object().put("name", "renamed"));
    assertThat(call("get").output()).as("no thing, but the answer").hasToString("[1]");
    assertThat(row().data()).isEqualTo(Json.object().put("name", "renamed"));
  }

  /** A second read may show the thing's parts, its state or its neighbours. */
  @Test
  void whatAnotherReadShowsIsNotTheThing() throws Exception {
    resource = with(null, Things.UPDATE, resource.api());
    stored();
    api.says(200, "{'thing':{'part':1}}");
    assertThat(call("get").output()).isEqualTo(Json.object().put("part", 1));
    assertThat(row().data().has("part")).isFalse();
  }

  @Test
  void aReadThatFailsSaysSo() throws Exception {
    stored();
    api.says(500, "{'message':'down','thing':{}}");
    assertThat(fails(Reason.UNAVAILABLE, () -> call("get"))).hasMessageContaining("down");
  }

  @Test
  void aPutIsFilledFromWhatTheApiShowsNow() throws Exception {
    resource = with(Things.GET, PUT, resource.api());
    stored();
    api.says(200, "{'thing':{'name':'web','size':7}}");
    call("update", Json.object().put("name", "new"));
    assertThat(api.asked()).extracting(r -> r.method()).containsExactly("GET", "PUT", "GET");
    assertThat(Json.parse(sent(1))).isEqualTo(Json.object().put("name", "new").put("size", 7));
  }

  @Test
  void aPutIsNotSentWhereWhatIsThereCannotBeRead() throws Exception {
    resource = with(Things.GET, PUT, resource.api());
    stored();
    api.says(500, "{'thing':{'name':'web','size':7}}");
    fails(Reason.UNAVAILABLE, () -> call("update"));
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void whereNothingReadsItAPutIsFilledFromWhatIsStored() throws Exception {
    resource = with(null, PUT, resource.api());
    stored();
    api.says(200, "{}");
    call("update", Json.object().put("name", "new"));
    assertThat(Json.parse(sent(0))).isEqualTo(Json.object().put("name", "new").put("size", 1));
    assertThat(row().data().path("size").asInt()).as("the answer shows no thing").isEqualTo(1);
  }

  @Test
  void anActionGivesWhatItsAnswerHolds() throws Exception {
    stored();
    api.says(200, "{'action':{'id':1}}").says(200, "{'id':2}").says(204, "");
    assertThat(call("reboot").output()).isEqualTo(Json.object().put("id", 1));
    assertThat(call("reboot").output()).isEqualTo(Json.object().put("id", 2));
    assertThat(call("reboot").output()).isEqualTo(Json.object());
    assertThat(sent(0)).isEqualTo("{\"type\":\"reboot\"}");
  }

  @Test
  void whetherAnActionWasDoneIsKnownFromRefusalsAlone() throws Exception {
    stored();
    api.isUnreachable().says(422, "").loses().says(500, "");
    for (Reason reason : List.of(Reason.UNREACHABLE, Reason.API_REFUSED)) {
      assertThat(fails(reason, () -> call("reboot")).effect())
          .isEqualTo(MethodException.Effect.NOT_MADE);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(fails(Reason.UNAVAILABLE, () -> call("reboot")).effect())
          .isEqualTo(MethodException.Effect.UNKNOWN);
    }
  }

  @Test
  void nothingIsStoredToActOn() {
    assertThat(fails(Reason.NOT_FOUND, () -> call("reboot")))
        .hasMessageContaining("so reboot has nothing to act on; run its create first");
  }

  @Test
  void withoutADeleteNothingIsDeleted() throws Exception {
    RestResource all = resource;
    resource =
        new RestResource(
            all.type(),
            all.api(),
            all.create(),
            all.get(),
            null,
            null,
            null,
            all.identity(),
            Things.NONE,
            null,
            null,
            Set.of());
    stored();
    assertThat(fails(Reason.NOT_FOUND, () -> call("delete")))
        .hasMessageContaining("fake/thing has no delete operation");
    assertThat(fails(Reason.ARGUMENTS_CHANGED, () -> call("update")))
        .hasMessageContaining("fake/thing has no update operation");
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void whatWasReplacedIsDeletedOnRecordToo() throws Exception {
    stored();
    repository.bury(row(), Cause.REPLACED);
    assertThat(call("delete").outcome()).isEqualTo(Outcome.REUSED);
    assertThat(row().tombstone().cause()).isEqualTo(Cause.DELETED);
    assertThat(api.asked()).isEmpty();
  }

  /** Such as an API's version in every path. */
  @Test
  void whatIsNotGivenHasTheApisOwnValue() throws Exception {
    Operation get =
        new Operation(
            "GET",
            "/{version}/things/{id}",
            List.of(
                Parameter.path("version"),
                Parameter.path("id"),
                Parameter.query("zone"),
                new Parameter("X-Zone", In.CONSTANT_HEADER, "zone")),
            Body.NONE,
            Map.of(),
            "/thing");
    resource =
        with(
            get,
            Things.UPDATE,
            new ApiDescriptor(
                "fake", "", ApiDescriptor.Auth.NONE, Map.of("version", "v2", "zone", "a")));
    stored();
    api.says(200, "{}");
    call("get");
    call("get", Json.object().put("version", "v3").putNull("zone"));
    assertThat(api.urls()).containsExactly("/v2/things/t-1?zone=a", "/v3/things/t-1?zone=a");
    assertThat(api.asked().get(0).headers()).containsEntry("X-Zone", "zone");
  }

  /** Nothing can be previewed either, without what every path begins with. */
  @Test
  void aPreviewSaysWhatTheConnectionDoesNotGive() throws Exception {
    Operation create =
        new Operation(
            "POST",
            "/{account}/things",
            List.of(Parameter.path("account")),
            Body.JSON,
            Map.of(),
            "/thing");
    resource =
        new RestResource(
            Things.TYPE,
            new ApiDescriptor("fake", "", ApiDescriptor.Auth.NONE, Map.of(), Set.of("account")),
            create,
            null,
            null,
            null,
            null,
            List.of(IdentityPart.response("id", "/thing/id")),
            Things.NONE,
            null,
            null,
            Set.of());
    Preview preview = Things.model(resource).preview(Things.named("web"), context).orElseThrow();
    assertThat(preview.act()).isEqualTo(Preview.Act.CREATE);
    assertThat(preview.reasons())
        .singleElement()
        .asString()
        .startsWith("it would fail: connection fake has no param account");
    assertThat(Things.model(resource).preview(null, context).orElseThrow().reasons()).isEmpty();
  }
}
