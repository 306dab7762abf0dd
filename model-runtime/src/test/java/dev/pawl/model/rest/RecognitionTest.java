package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.ObjectReads;
import dev.pawl.model.ObjectReads.Recognition;
import dev.pawl.model.Reason;
import dev.pawl.model.SeenObject;
import dev.pawl.model.rest.Listing.Paging;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells one object from another, and in which collection its siblings are. */
@NullUnmarked // a null where none belongs fails the test
class RecognitionTest extends CannedApiTest {
  private static final Operation LIST_OF_A_PLACE =
      new Operation(
          "GET",
          "/{place}/things",
          List.of(new Parameter("place", Operation.In.PATH, "where"), Parameter.query("size")),
          Body.NONE,
          Map.of(),
          "");

  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  private static ObjectReads things(Reconcile strategy, @Nullable Listing listing) {
    return new RestObjects(Things.things(strategy, Things.GET, listing, null, null));
  }

  private static ObjectReads named(@Nullable Listing listing, IdentityPart... parts) {
    RestResource plain = Things.reconciledBy(Things.NONE);
    return new RestObjects(
        new RestResource(
            plain.type(),
            plain.api(),
            plain.create(),
            plain.get(),
            listing,
            null,
            null,
            List.of(parts),
            Things.NONE,
            null,
            null,
            Set.of()));
  }

  private static Listing listing() {
    return Things.listing(new Paging.None());
  }

  @Test
  void whatIsRecognisedInAListingNeedsOne() {
    assertThat(things(Things.MARKER, listing()).recognition()).isEqualTo(Recognition.MARKER);
    assertThat(things(Things.MARKER, null).recognition()).isEqualTo(Recognition.NONE);
    assertThat(things(Things.NATURAL_KEY, listing()).recognition()).isEqualTo(Recognition.ALIKE);
    assertThat(things(Things.NATURAL_KEY, null).recognition()).isEqualTo(Recognition.NONE);
    assertThat(things(Things.CLIENT_ID, null).recognition()).isEqualTo(Recognition.CHOSEN_ID);
    assertThat(things(Things.NONE, listing()).recognition()).isEqualTo(Recognition.NONE);
    assertThat(things(new Reconcile.Key("K", Things.MARKER), listing()).recognition())
        .isEqualTo(Recognition.MARKER);
  }

  @Test
  void whatHasNoNameIsNeitherListedNorFoundNorChosen() {
    ObjectReads nameless = named(listing());
    assertThat(nameless.isListed()).isFalse();
    assertThat(nameless.collection(Json.object(), Json.object())).isEmpty();
    assertThat(nameless.chosenId(Json.object())).isEmpty();
    assertThat(
            fails(Reason.UNSUPPORTED_BY_MODEL, () -> nameless.find("t-1", Json.object(), context)))
        .hasMessageContaining("tells one fake/thing from another");
    assertThat(fails(Reason.UNSUPPORTED_BY_MODEL, () -> nameless.list(Json.object(), context)))
        .hasMessageContaining("no operation of the API lists fake/thing");
  }

  @Test
  void anIdThatNamesNothingSaysHowOneIsWritten() {
    ObjectReads one = named(null, IdentityPart.response("id", "/id"));
    assertThat(fails(Reason.INVALID_ARGUMENTS, () -> one.find("", Json.object(), context)))
        .hasMessage("'' does not name one fake/thing: its id is id");
    ObjectReads two =
        named(null, IdentityPart.request("place", "/where"), IdentityPart.response("id", "/id"));
    assertThat(fails(Reason.INVALID_ARGUMENTS, () -> two.find("t", Json.object(), context)))
        .hasMessage(
            "'t' does not name one fake/thing: its id is place;id, or id with the others as"
                + " arguments");
  }

  @Test
  void anIdOfOnePartMayHoldSemicolons() throws Exception {
    api.says(200, "{'thing':{'size':1}}");
    SeenObject seen = things(Things.NONE, null).find("a;b", object("{'ignored':1}"), context);
    assertThat(seen.externalId()).isEqualTo("a;b");
    assertThat(seen.markers()).isEmpty();
    assertThat(api.urls()).containsExactly("/things/a%3Bb");
  }

  /** The identity says it first, then the arguments. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'place':'a','id':'1'} | {'where':'b'}    | {'place':'a'}",
        "{'id':'1'}             | {'where':'b'}    | {'place':'b'}",
        "{'place':''}           | {'where':7}      | {'place':'7'}",
        "{'place':null}         | {'where':'b'}    | {'place':'b'}",
        "{'place':{}}           | {'where':'b'}    | {'place':'b'}",
        "{}                     | {'where':''}     |",
        "{}                     | {'where':null}   |",
        "{}                     | {}               |",
      })
  void aCollectionIsNamedByWhatItsPathTakes(String identity, String arguments, String collection) {
    Listing listing = new Listing(LIST_OF_A_PLACE, "", "/id", new Paging.None());
    for (ObjectReads reads :
        List.of(
            named(listing, IdentityPart.response("id", "/id")),
            named(
                listing,
                IdentityPart.request("place", "/where"),
                IdentityPart.response("id", "/id")))) {
      assertThat(reads.collection(object(identity), object(arguments)).orElse(null))
          .isEqualTo(collection == null ? null : json(collection));
    }
  }

  @Test
  void withoutAListingThereIsNoCollection() {
    assertThat(things(Things.NONE, null).collection(Json.object(), Json.object())).isEmpty();
    assertThat(things(Things.NONE, listing()).collection(Json.object(), Json.object()))
        .contains(Json.object());
    assertThat(things(Things.NONE, listing()).isListed()).isTrue();
  }

  @Test
  void whatHasNoKeyInAListingIsLeftOut() throws Exception {
    api.says(200, "{'things':[{'name':'a'},{'id':'t-2','name':'b'}]}");
    assertThat(things(Things.NONE, listing()).list(Json.object(), context))
        .extracting(SeenObject::externalId)
        .containsExactly("t-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'name':null}", "{'name':{'a':1}}", "{'name':'db'}"})
  void whatIsNotAskedForIsAlikeNothing(String arguments) {
    SeenObject seen =
        new SeenObject("t", Json.object(), object("{'name':null,'size':1}"), List.of());
    ObjectReads reads = things(Things.NATURAL_KEY, listing());
    assertThat(reads.isAlike(seen, object(arguments))).isFalse();
    SeenObject web = new SeenObject("t", Json.object(), object("{'name':'web'}"), List.of());
    assertThat(reads.isAlike(web, object("{'name':'web'}"))).isTrue();
    assertThat(things(Things.NONE, listing()).isAlike(web, object("{'name':'web'}"))).isFalse();
  }

  @Test
  void whatIsNotKnownKeepsTheAnswersFacts() {
    api.says(500, "{'message':'down'}", "retry-after", "9");
    Failure failure =
        fails(
                Reason.VERIFY_UNKNOWN,
                () -> things(Things.NONE, null).find("t-1", Json.object(), context))
            .failure();
    assertThat(failure.message())
        .startsWith("whether the object exists could not be found out: GET /v1/things/t-1");
    assertThat(failure.httpStatus()).isEqualTo(500);
    assertThat(failure.request()).isEqualTo("GET /v1/things/t-1");
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @CsvSource({"422, API_REFUSED", "401, API_UNAUTHENTICATED", "429, RATE_LIMITED"})
  void whatTheApiSaysClearlyIsHandedOn(int status, Reason reason) {
    api.says(status, "{'message':'no'}");
    assertThat(fails(reason, () -> things(Things.NONE, null).find("t-1", Json.object(), context)))
        .hasMessage("GET /v1/things/t-1 was answered " + status + ": no");
  }

  @Test
  void whatIsGoneIsNamed() {
    api.says(404, "{}");
    assertThat(
            fails(
                Reason.OBJECT_NOT_FOUND,
                () -> things(Things.NONE, null).find("t-1", Json.object(), context)))
        .hasMessage("the API has no fake/thing with the id t-1");
  }
}
