package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A create was sent and nobody knows what became of it. */
@NullUnmarked // a null where none belongs fails the test
class DoubtTest extends ApiTest {
  private static final String LIST = "GET /things";

  private String post() {
    return resource.create().describe();
  }

  private void marksAreKept() throws Exception {
    create(context.with().instance("marked before").build());
    api.forgetLog();
  }

  static Stream<Reconcile> provable() {
    return Stream.of(
        Things.CLIENT_ID,
        Things.MARKER,
        Things.NATURAL_KEY,
        new Reconcile.Key("X-Unknown-Header", Things.NATURAL_KEY));
  }

  @ParameterizedTest
  @MethodSource("provable")
  void madeButNotAnsweredIsFoundAndNotSentAgain(Reconcile strategy) throws Exception {
    resource = Things.reconciledBy(strategy);
    api.next(post(), FakeApi.dropsAfter());
    if (strategy instanceof Reconcile.Key) {
      api.next(post(), 9, FakeApi.says(503, "later"));
    }

    MethodResult result = create();

    assertThat(result.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(api.things()).hasSize(1);
    assertThat(api.things()).containsKey(result.output().path("id").asText());
    if (!(strategy instanceof Reconcile.Key)) {
      assertThat(api.count(post())).isEqualTo(1);
    }
    assertCreates(Outcome.VERIFIED);
  }

  @ParameterizedTest
  @MethodSource("provable")
  void provenAbsentAfterTheQuarantineIsSentOnceMore(Reconcile strategy) throws Exception {
    resource = Things.reconciledBy(strategy);
    if (strategy instanceof Reconcile.Marker) {
      marksAreKept();
    }
    int before = api.things().size();
    api.next(post(), FakeApi.dropsBefore());
    if (strategy instanceof Reconcile.Key) {
      api.next(post(), 3, FakeApi.says(401, "not now"));
    }
    Instant started = time.instant();

    assertThat(create().outcome()).isEqualTo(Outcome.CREATED);

    assertThat(api.things()).hasSize(before + 1);
    assertThat(api.count(post())).isEqualTo(strategy instanceof Reconcile.Key ? 5 : 2);
    assertThat(Duration.between(started, time.instant()))
        .isGreaterThanOrEqualTo(context.timing().quarantine());
    assertThat(row().sendNumber()).isEqualTo(2);
    assertThat(learned())
        .containsExactly(
            "sent, outcome unknown", "proven absent: two complete looks after the quarantine");
  }

  @Test
  void whatNothingCanProveStaysInDoubtAndIsNeverSentAgain() {
    api.next(POST, FakeApi.dropsBefore());
    for (int i = 0; i < 3; i++) {
      MethodException failure = assertFails(Reason.IN_DOUBT);
      assertThat(failure.effect()).isEqualTo(MethodException.Effect.UNKNOWN);
      assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
      time.advance(Duration.ofDays(1));
    }
    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(row().claim().intent().url()).isEqualTo(api.url() + "/things");
    assertFails(Reason.IN_DOUBT, "get", Json.object(), context);
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "503", "408", "425", "429", "499", "302", "200"})
  void anAnswerThatDoesNotSaySoIsDoubt(int status) throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(
        POST,
        handling -> {
          handling.run();
          return new FakeApi.Answer(status, "application/json", "{\"cut\":");
        });
    assertCreates(Outcome.ADOPTED);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("listed")
  void whatAListShowsIsNotGoneBecauseAReadOfItLags(Reconcile strategy) throws Exception {
    resource = Things.reconciledBy(strategy);
    api.next(POST, FakeApi.dropsAfter());
    api.next(GET, 2, FakeApi.says(404, "not yet"));

    assertThat(create().outcome()).isEqualTo(Outcome.ADOPTED);

    assertThat(api.things()).hasSize(1);
    assertThat(row().confirmed()).isTrue();
  }

  static Stream<Reconcile> listed() {
    return Stream.of(Things.MARKER, Things.NATURAL_KEY);
  }

  @Test
  void absenceOfAMarkerNeedsAMarkerOnceSeen() {
    resource = Things.reconciledBy(Things.MARKER);
    api.thingMadeByHand("t-9", Things.named("unmarked"));
    api.next(POST, FakeApi.dropsBefore());
    MethodException failure = assertFails(Reason.IN_DOUBT);
    assertThat(failure).hasMessageContaining("marker");
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void twoObjectsThatMatchAreNotChosenBetween() {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(
        POST,
        handling -> {
          api.thingMadeByHand("t-8", Things.named("web"));
          api.thingMadeByHand("t-9", Things.named("web"));
          return null;
        });
    MethodException failure = assertFails(Reason.IN_DOUBT);
    assertThat(failure).hasMessageContaining("t-8").hasMessageContaining("t-9");
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void whatWasMadeWithoutAnIdIsNeverProvenAbsent() {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(POST, FakeApi.says(201, "made"));
    assertFails(Reason.IN_DOUBT);
    time.advance(Duration.ofHours(1));
    MethodException failure = assertFails(Reason.IN_DOUBT);
    assertThat(failure).hasMessageContaining("said that it made it");
    assertThat(api.count(POST)).as("sent once, and never on doubt").isEqualTo(1);
  }

  @Test
  void whatTheApiChangedIsNoProofOfAbsence() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(
        POST,
        handling -> {
          api.thingMadeByHand("t-9", Things.named("WEB"));
          return null;
        });
    MethodException failure = assertFails(Reason.IN_DOUBT);
    assertThat(failure).hasMessageContaining("t-9");
    assertThat(api.count(POST)).as("sent once, and never on doubt").isEqualTo(1);
  }

  @Test
  void whatWasThereBeforeIsNotTakenForOurs() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.thingMadeByHand("by-hand", Things.named("web"));
    api.next(POST, FakeApi.dropsAfter());
    assertThat(create().output().path("id").asText()).isEqualTo("t-1");
  }

  @Test
  void whatAnotherKeyOwnsIsNeitherOursNorAProofOfAbsence() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    TestContext other = context.with().instance("other").build();
    api.next(
        POST,
        handling -> {
          owns(other.key(), api.thingMadeByHand("by-hand", Things.named("web")));
          return null;
        });

    assertThat(assertFails(Reason.IN_DOUBT))
        .hasMessageContaining("an id that another key owns (candidates: [by-hand])");

    assertThat(api.count(POST)).isEqualTo(1);
  }

  /** The baseline is listed, and the two looks after the send fail. */
  private void listsOnlyBeforeTheSend() {
    api.next(LIST, FakeApi.Handling::run);
    api.next(LIST, 2, FakeApi.says(500, "not now"));
  }

  @Test
  void whatWasMadeLongAfterTheSendIsNotTakenForOurs() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(POST, FakeApi.dropsBefore());
    listsOnlyBeforeTheSend();
    assertFails(Reason.IN_DOUBT);
    time.advance(Duration.ofHours(1));
    api.thingMadeByHand("by-hand", Things.named("web"));
    time.advance(Duration.ofHours(1));

    assertThat(create().output().path("id").asText()).isEqualTo("t-1");
  }

  @Test
  void withoutAnIdentifyingValueNothingIsFoundByIt() {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(
        POST,
        handling -> {
          api.thingMadeByHand("by-hand", Json.object());
          return null;
        });
    assertFails(Reason.IN_DOUBT, "create", Json.object().put("size", 1), context);
    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
  }

  @Test
  void aListThatFailsProvesNothing() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(POST, FakeApi.dropsAfter());
    api.next(LIST, FakeApi.Handling::run);
    api.next(LIST, 2, FakeApi.says(200, "application/json", "{\"error\":\"try later\"}"));

    assertFails(Reason.IN_DOUBT);
    assertThat(api.count(POST)).isEqualTo(1);
    assertCreates(Outcome.ADOPTED);
  }

  @Test
  void aBaselineThatCannotBeListedStopsTheSend() {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(LIST, FakeApi.says(500, "not now"));
    assertFails(Reason.UNAVAILABLE);
    assertThat(api.count(POST)).isZero();
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void aConflictAfterADoubtIsOurOwn() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    api.next("POST /named", FakeApi.dropsAfter());
    api.next("GET /named/web", 5, FakeApi.says(404, "not yet"));

    assertCreates(Outcome.ADOPTED);

    assertThat(api.count("POST /named")).isEqualTo(2);
    assertThat(api.things()).hasSize(1);
  }

  /** An archived name: nothing to read, and not to be had. */
  @Test
  void aNameThatIsTakenAndNeverShownIsNotOurs() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    api.next("POST /named", FakeApi.dropsBefore());
    api.next("POST /named", 9, FakeApi.says(409, "the name was used before"));

    assertThat(assertFails(Reason.ALREADY_EXISTS)).hasMessageContaining("was used before");

    assertThat(api.count("POST /named")).isEqualTo(3);
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void anotherAccountCannotProveAbsence() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(POST, FakeApi.dropsAfter());
    listsOnlyBeforeTheSend();
    assertFails(Reason.IN_DOUBT);
    api.forgetLog();
    try (var other = connect("account-2")) {
      assertFails(Reason.ACCOUNT_MISMATCH, context.with().connection(other).build());
    }
    assertThat(api.log()).isEmpty();
    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
  }

  @Test
  void evidenceNamesNoCredential() {
    api.next(POST, FakeApi.dropsBefore());
    MethodException failure = assertFails(Reason.IN_DOUBT);
    assertThat(failure.getMessage()).doesNotContain("s3cret");
    assertThat(List.of(repository.evidence(context.key()), row()).toString())
        .doesNotContain("s3cret");
  }
}
