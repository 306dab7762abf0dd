package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.ObjectReads;
import dev.pawl.model.ObjectReads.Recognition;
import dev.pawl.model.Reason;
import dev.pawl.model.SeenObject;
import dev.pawl.model.rest.Listing.Paging;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Objects are read by id and by listing, as the verify and the look of a create read them. */
@NullUnmarked // a null where none belongs fails the test
class ObjectReadsTest extends ApiTest {
  private static final ObjectNode NOTHING = Json.object();

  private ObjectReads objects() {
    return Things.model(resource).objects().orElseThrow();
  }

  private SeenObject find(String id) throws Exception {
    return objects().find(id, NOTHING, context);
  }

  private static void assertThrows(Reason reason, ThrowingCallable call) {
    MethodException failure = catchThrowableOfType(MethodException.class, call);
    assertThat(failure).as("fails with %s", reason).isNotNull();
    assertThat(failure.failure().reason()).as(failure.getMessage()).isEqualTo(reason);
  }

  @Test
  void anObjectIsFoundByItsId() throws Exception {
    api.thingMadeByHand("t-9", Things.named("web"));
    SeenObject seen = find("t-9");
    assertThat(seen.externalId()).isEqualTo("t-9");
    assertThat(seen.identity()).isEqualTo(Json.object().put("id", "t-9"));
    assertThat(seen.data().path("name").asText()).isEqualTo("web");
    assertThat(api.log()).containsOnly("GET /things/t-9");
  }

  @Test
  void absenceIsSaidTwiceBeforeItCounts() {
    assertThrows(Reason.OBJECT_NOT_FOUND, () -> find("t-9"));
    assertThat(api.count("GET /things/t-9")).isEqualTo(2);
  }

  @Test
  void whatTheApiDoesNotSayIsNoAbsence() {
    api.next("GET /things/t-9", 3, FakeApi.says(500, "down"));
    assertThrows(Reason.VERIFY_UNKNOWN, () -> find("t-9"));
    api.next("GET /things/t-9", 3, FakeApi.says(404, "text/html", "<html>"));
    assertThrows(Reason.API_REFUSED, () -> find("t-9"));
    api.next("GET /things/t-9", 3, FakeApi.says(401, "who are you"));
    assertThrows(Reason.API_UNAUTHENTICATED, () -> find("t-9"));
  }

  @Test
  void whereNothingReadsOneTheListingDoes() throws Exception {
    resource = Things.things(Things.NONE, null, Things.listing(new Paging.None()), null, null);
    api.thingMadeByHand("t-8", Things.named("other"));
    api.thingMadeByHand("t-9", Things.named("web"));
    assertThat(find("t-9").data().path("name").asText()).isEqualTo("web");
    assertThrows(Reason.OBJECT_NOT_FOUND, () -> find("t-7"));
    assertThat(api.log()).containsOnly("GET /things");

    resource = Things.things(Things.NONE, null, null, null, null);
    assertThrows(Reason.UNSUPPORTED_BY_MODEL, () -> find("t-9"));
    assertThrows(Reason.UNSUPPORTED_BY_MODEL, () -> objects().list(Json.object(), context));
    assertThat(objects().isListed()).isFalse();
  }

  @Test
  void whatIsShownAsDeletedIsNotThere() throws Exception {
    SoftDelete deleted = new SoftDelete("/status", Set.of("archived"));
    resource =
        Things.things(Things.NONE, Things.GET, Things.listing(new Paging.None()), null, deleted);
    api.thingMadeByHand("t-9", Things.named("web"));
    api.setAll("status", "archived");
    assertThrows(Reason.OBJECT_NOT_FOUND, () -> find("t-9"));
    assertThat(objects().list(NOTHING, context)).isEmpty();
  }

  /** {@code things} is the parent, and the last part the item's own. */
  private static RestResource composite() {
    List<Parameter> both = List.of(Parameter.path("kind"), Parameter.path("id"));
    return new RestResource(
        Things.TYPE,
        new ApiDescriptor("fake", "", ApiDescriptor.Auth.BEARER),
        Things.CREATE,
        new Operation("GET", "/{kind}/{id}", both, Body.NONE, Map.of(), "/thing"),
        new Listing(
            new Operation(
                "GET", "/{kind}", List.of(Parameter.path("kind")), Body.NONE, Map.of(), ""),
            "/things",
            "/id",
            new Paging.None()),
        null,
        null,
        List.of(IdentityPart.request("kind", "/kind"), IdentityPart.response("id", "/thing/id")),
        Things.MARKER,
        null,
        null,
        Set.of());
  }

  @Test
  void anIdOfSeveralPartsIsWholeOrHasItsParentsAmongTheArguments() throws Exception {
    resource = composite();
    api.thingMadeByHand("t-9", Things.named("web"));
    ObjectNode parents = Json.object().put("kind", "things");
    assertThat(find("things;t-9").externalId()).isEqualTo("things;t-9");
    assertThat(objects().find("t-9", parents, context).externalId()).isEqualTo("things;t-9");
    for (String bad : List.of("t-9", "things;t-9;more", ";t-9")) {
      assertThrows(Reason.INVALID_ARGUMENTS, () -> find(bad));
    }
    assertThat(objects().collection(NOTHING, NOTHING)).isEmpty();
    assertThat(objects().collection(NOTHING, parents)).contains(parents);
    assertThat(objects().collection(parents.deepCopy().put("id", "t-9"), NOTHING))
        .contains(parents);
    assertThat(objects().list(parents, context))
        .extracting(SeenObject::externalId)
        .containsExactly("things;t-9");
  }

  @Test
  void aListingTellsWhichObjectsCarryMarkers() throws Exception {
    resource = Things.reconciledBy(Things.MARKER);
    create();
    ObjectNode other = Things.named("other");
    other.putArray("tags").add("pawl-is-nice").add("blue");
    api.thingMadeByHand("t-9", other);
    String marker = ClientMarks.marker(repository.installationId(), context.key(), 1);
    assertThat(objects().list(NOTHING, context))
        .extracting(SeenObject::externalId, SeenObject::markers)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("t-1", List.of(marker)),
            org.assertj.core.groups.Tuple.tuple("t-9", List.of()));
  }

  @Test
  void whatTellsOursFromOthersIsTheStrategys() throws Exception {
    resource = Things.reconciledBy(Things.MARKER);
    assertThat(objects().recognition()).isEqualTo(Recognition.MARKER);
    resource = Things.reconciledBy(Things.CLIENT_ID);
    assertThat(objects().recognition()).isEqualTo(Recognition.CHOSEN_ID);
    assertThat(objects().chosenId(Things.named("web"))).contains("web");
    assertThat(objects().chosenId(NOTHING)).isEmpty();
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    assertThat(objects().recognition()).isEqualTo(Recognition.ALIKE);
    assertThat(objects().chosenId(Things.named("web"))).isEmpty();
    api.thingMadeByHand("t-9", Things.named("web"));
    assertThat(objects().isAlike(find("t-9"), Things.named("web"))).isTrue();
    assertThat(objects().isAlike(find("t-9"), Things.named("other"))).isFalse();
    assertThat(objects().isAlike(find("t-9"), NOTHING)).isFalse();
    resource = Things.reconciledBy(Things.KEY);
    assertThat(objects().recognition()).isEqualTo(Recognition.NONE);
  }

  @Test
  void secretsAreNotKept() {
    assertThat(objects().comparable(Things.named("web").put("password", "s3cret")))
        .isEqualTo(Things.named("web"));
  }
}
