package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Intent;
import dev.pawl.model.rest.Listing.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one look proves of a create whose answer is not known. */
@NullUnmarked // a null where none belongs fails the test
class LookForCreateTest extends CannedApiTest {
  private static final String WEB = "{'id':'t-1','name':'web','size':1}";
  private static final Instant SENT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration QUARANTINE = Duration.ofSeconds(45);

  private final String marker = Markers.marker(repository.installationId(), context.key(), 1);
  private @Nullable Boolean existedBefore = false;
  private @Nullable List<String> baseline = List.of();
  private @Nullable String mark = marker;
  private @Nullable JsonNode body = Things.named("web");
  private String url = api.baseUrl() + "/things";

  private static RestResource listed(Reconcile strategy, @Nullable Operation get) {
    return Things.things(strategy, get, Things.listing(new Paging.None()), null, null);
  }

  private Doubt look(Reconcile strategy) throws Exception {
    return look(
        strategy instanceof Reconcile.ClientId
            ? Things.reconciledBy(strategy)
            : listed(strategy, Things.GET));
  }

  private Doubt look(RestResource resource) throws Exception {
    ClaimRequest wish =
        new ClaimRequest(
            row(),
            ClaimMode.CREATE,
            "test",
            context.timing().lease(),
            Duration.ZERO,
            Duration.ZERO,
            null,
            null);
    Claim claim = ((ClaimAnswer.Granted) repository.claim(wish)).claim();
    Intent intent =
        new Intent(
            "POST",
            url,
            Map.of(),
            body,
            Things.named("web"),
            Identities.beforeSend(resource, Things.named("web")),
            mark,
            null,
            "account-1",
            existedBefore,
            baseline);
    return new LookForCreate(resource, claim, intent, SENT, SENT.plus(QUARANTINE), context).run();
  }

  private void lists(String... items) {
    api.says(200, "{'things':[" + String.join(",", items) + "]}");
  }

  private static ObjectNode id(String id) {
    return Json.object().put("id", id);
  }

  private static Doubt.Open open(Doubt seen) {
    assertThat(seen).isInstanceOf(Doubt.Open.class);
    return (Doubt.Open) seen;
  }

  @Test
  void aChosenNameThatWasFreeBeforeIsOurs() throws Exception {
    api.says(200, "{'thing':{'name':'web'}}");
    assertThat(look(Things.CLIENT_ID))
        .isEqualTo(
            new Doubt.Found(
                Json.object().put("name", "web"),
                Json.object().put("name", "web"),
                Outcome.ADOPTED));
    assertThat(api.urls()).containsExactly("/named/web");
  }

  @Test
  void aChosenNameThatWasTakenBeforeIsNot() throws Exception {
    api.says(200, "{'thing':{'name':'web'}}");
    existedBefore = true;
    assertThat(look(Things.CLIENT_ID))
        .isEqualTo(new Doubt.NotSeen("GET /v1/named/web found it before, so nothing was sent"));
  }

  @Test
  void whetherAChosenNameWasFreeMayBeUnknown() throws Exception {
    api.says(200, "{'thing':{'name':'web'}}");
    existedBefore = null;
    assertThat(look(Things.CLIENT_ID))
        .isEqualTo(
            new Doubt.Open(
                "GET /v1/named/web finds it, but it may have existed before the send",
                List.of("web")));
  }

  @ParameterizedTest
  @CsvSource({
    "404, application/json, true",
    "410, application/json, true",
    "404, text/html, false",
    "403, application/json, false",
    "500, application/json, false",
    "200, application/json, false",
  })
  void onlyTheApisOwnWordsSayThatANameIsFree(int status, String type, boolean free)
      throws Exception {
    api.says(status, "{}", "content-type", type);
    Doubt seen = look(Things.CLIENT_ID);
    String found = "GET /v1/named/web ";
    assertThat(seen)
        .isEqualTo(
            free
                ? new Doubt.NotSeen(found + "says that it is not there")
                : new Doubt.Open(found + "was answered " + status + ": {}", List.of()));
  }

  @Test
  void aChosenNameThatNothingReadsProvesNothing() throws Exception {
    Doubt.Open nothing = new Doubt.Open("no operation reads the chosen identity back", List.of());
    assertThat(look(listed(Things.CLIENT_ID, null))).isEqualTo(nothing);
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void theOneWithOurMarkerIsOurs() throws Exception {
    String ours = "{'id':'t-2','tags':['" + marker + "']}";
    lists(WEB, ours);
    assertThat(look(Things.MARKER))
        .as("a list says so, which a read of the one may yet lag behind")
        .isEqualTo(
            new Doubt.Found(id("t-2"), Json.parse(ours.replace('\'', '"')), Outcome.CREATED));
  }

  @Test
  void whereNothingReadsOneTheListIsTheReadThatVerifies() throws Exception {
    lists("{'id':'t-2','tags':['" + marker + "']}");
    assertThat(look(listed(Things.MARKER, null)))
        .isInstanceOfSatisfying(
            Doubt.Found.class, found -> assertThat(found.as()).isEqualTo(Outcome.ADOPTED));
  }

  @Test
  void severalWithOurMarkerAreNotChosenBetween() throws Exception {
    lists("{'id':'a','tags':['" + marker + "']}", "{'id':'b','tags':['" + marker + "']}");
    assertThat(look(Things.MARKER))
        .isEqualTo(new Doubt.Open("several objects match by marker " + marker, List.of("a", "b")));
  }

  @Test
  void noneWithOurMarkerProvesAbsenceWhereTheApiKeepsMarkers() throws Exception {
    lists("{'id':'a','tags':['pawl-other']}");
    assertThat(look(Things.MARKER))
        .isEqualTo(new Doubt.NotSeen("a complete listing shows none by marker " + marker));
  }

  @Test
  void andNothingWhereNoMarkerWasEverSeen() throws Exception {
    lists(WEB);
    assertThat(open(look(Things.MARKER)).why()).startsWith("no listed object carries the marker");
  }

  @Test
  void andNothingWhereNoneWasSent() throws Exception {
    mark = null;
    assertThat(look(Things.MARKER))
        .isEqualTo(new Doubt.Open("the request carried no marker", List.of()));
  }

  @Test
  void theOneThatIsWhatWasSentIsOurs() throws Exception {
    lists("{'id':'a','name':'db'}", WEB);
    assertThat(look(Things.NATURAL_KEY))
        .isInstanceOfSatisfying(
            Doubt.Found.class, found -> assertThat(found.identity()).isEqualTo(id("t-1")));
  }

  @Test
  void whatIsAlikeAndNotTheSameIsNoProofOfAbsence() throws Exception {
    lists("{'id':'a','name':'web','size':2}");
    assertThat(look(Things.NATURAL_KEY))
        .isEqualTo(
            new Doubt.Open("what is there by [/name] differs from what was sent", List.of("a")));
  }

  /** What is not shown, or in another form than it is taken, tells nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'size':null}", "{'size':{'gb':2}}", "{'size':'1'}"})
  void whatCannotBeComparedDoesNotDiffer(String more) throws Exception {
    ObjectNode item = id("a").put("name", "web");
    item.setAll((ObjectNode) Json.parse(more.replace('\'', '"')));
    lists(Json.write(item));
    assertThat(look(Things.NATURAL_KEY)).isInstanceOf(Doubt.Found.class);
  }

  @Test
  void aSentObjectIsNotComparedEither() throws Exception {
    body = Json.parse("{\"name\":\"web\",\"size\":{\"gb\":2}}");
    lists(WEB);
    assertThat(look(Things.NATURAL_KEY)).isInstanceOf(Doubt.Found.class);
  }

  @Test
  void whatWasThereBeforeIsNotOurs() throws Exception {
    baseline = List.of("t-1");
    lists(WEB);
    assertThat(look(Things.NATURAL_KEY)).isInstanceOf(Doubt.NotSeen.class);
  }

  @Test
  void withoutABaselineNoneStillProvesAbsence() throws Exception {
    baseline = null;
    lists("{'id':'a','name':'db'}");
    assertThat(look(Things.NATURAL_KEY)).isInstanceOf(Doubt.NotSeen.class);
  }

  @Test
  void withoutABaselineOneProvesNothing() throws Exception {
    baseline = null;
    lists(WEB);
    assertThat(look(Things.NATURAL_KEY))
        .isEqualTo(
            new Doubt.Open(
                "what existed before the send was not listed, and these match", List.of("t-1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":null}", "{\"name\":{}}"})
  void withoutAValueThereIsNoNaturalKey(String sent) throws Exception {
    body = Json.parse(sent);
    assertThat(look(Things.NATURAL_KEY))
        .isEqualTo(new Doubt.Open("the request has no value in [/name]", List.of()));
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void aListThatCannotBeReadProvesNothing() throws Exception {
    api.says(500, "{'message':'down'}");
    assertThat(look(Things.NATURAL_KEY))
        .isEqualTo(new Doubt.Open("GET /v1/things was answered 500: down", List.of()));
  }

  @Test
  void whatIsNotListedIsNotFound() throws Exception {
    assertThat(look(Things.things(Things.MARKER, Things.GET, null, null, null)))
        .isEqualTo(new Doubt.Open("no operation lists fake/thing", List.of()));
  }

  @Test
  void anApiThatOffersNothingProvesNothing() throws Exception {
    assertThat(open(look(Things.NONE)).why()).startsWith("the API offers no request token");
    assertThat(api.asked()).isEmpty();
  }

  /** The clocks of two machines may be two minutes apart. */
  @ParameterizedTest
  @CsvSource({
    "2025-12-31T23:58:00Z, true",
    "2025-12-31T23:57:59Z, false",
    "2026-01-01T00:02:45Z, true",
    "2026-01-01T00:02:46Z, false",
    "2026-01-01T01:00:00+01:00, true",
    "yesterday, true",
  })
  void whatWasProvablyMadeAtAnotherTimeIsNotOurs(String made, boolean ours) throws Exception {
    lists(Json.write(id("a").put("name", "web").put("created_at", made)));
    assertThat(look(Things.NATURAL_KEY) instanceof Doubt.Found).isEqualTo(ours);
  }

  @Test
  void aTimeMayBeInSecondsAndMayBeMissing() throws Exception {
    long epoch = SENT.getEpochSecond();
    lists(Json.write(id("a").put("name", "web").put("created_at", epoch - 121)));
    assertThat(look(Things.NATURAL_KEY)).isInstanceOf(Doubt.NotSeen.class);
    assertThat(Candidates.instant(Json.parse(epoch + ".5"))).isNull();
    assertThat(Candidates.instant(Json.parse(String.valueOf(epoch)))).isEqualTo(SENT);
  }

  @Test
  void withoutACreationTimeNothingIsProvenByIt() throws Exception {
    lists(Json.write(id("a").put("name", "web").put("created_at", "2001-01-01T00:00:00Z")));
    assertThat(look(new Reconcile.NaturalKey(List.of("/name"), "")))
        .isInstanceOf(Doubt.Found.class);
  }
}
