package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource.Tombstone;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A sender that slept between its last look at the lease and its first byte (DESIGN, rule 14). */
@NullUnmarked // a null where none belongs fails the test
class LateSendTest extends ApiTest {
  private static final Duration PAST_LEASE = Duration.ofSeconds(31);

  /** What another process does while the sender sleeps. */
  private interface Meanwhile {
    void act(Claim successor) throws MethodException;
  }

  private void sleepsBeforeItsSend(Meanwhile meanwhile, FakeApi.Fault then) {
    api.next(
        POST,
        handling -> {
          sleep(meanwhile);
          return then.answer(handling);
        });
  }

  private void sleep(Meanwhile meanwhile) {
    time.advance(PAST_LEASE);
    try {
      meanwhile.act(successor());
    } catch (MethodException e) {
      throw new AssertionError(e);
    }
  }

  private Claim successor() {
    return claimedFor(context.timing().lease());
  }

  private Claim claimedFor(Duration lease) {
    ClaimRequest wish =
        new ClaimRequest(
            row(),
            ClaimMode.RECONCILE,
            "successor",
            lease,
            Duration.ZERO,
            Duration.ZERO,
            null,
            null);
    return ((ClaimAnswer.Granted) repository.claim(wish)).claim();
  }

  private void abandons(Claim claim) throws MethodException {
    repository.abandon(claim, new Evidence("proven absent", Json.object()));
  }

  private void adoptsAnother(Claim claim) throws MethodException {
    ObjectNode sent = ((ObjectNode) row().claim().intent().body()).deepCopy();
    String id = api.thingMadeByHand("successors", sent);
    repository.complete(
        claim,
        new Completion(
            sent,
            id,
            "account-1",
            Json.object().put("id", id),
            Things.named("web"),
            Json.fingerprint(Things.named("web")),
            Outcome.CREATED));
  }

  private void markersAreSeen() throws Exception {
    resource = Things.reconciledBy(Things.MARKER);
    call("create", Things.named("other"), context.with().instance("marked before").build());
    api.forgetLog();
  }

  @Test
  void itsAnswerIsStoredWhereTheRowHasBecomeAbsent() throws Exception {
    sleepsBeforeItsSend(this::abandons, FakeApi.Handling::run);

    assertCreates(Outcome.CREATED);

    assertThat(row().externalId()).isEqualTo("t-1");
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void itsAnswerIsStoredOnceWhoFollowedItIsDeadToo() throws Exception {
    sleepsBeforeItsSend(successor -> {}, FakeApi.Handling::run);

    assertCreates(Outcome.CREATED);

    assertThat(row().externalId()).isEqualTo("t-1");
    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(context.waits()).anyMatch(w -> w.contains("lost during the send"));
  }

  @Test
  void withoutAnAnswerItIsInDoubtAgainWhereTheRowHasBecomeAbsent() throws Exception {
    markersAreSeen();
    sleepsBeforeItsSend(this::abandons, FakeApi.dropsAfter());

    assertThat(create().warnings()).isEmpty();

    assertThat(row().externalId()).isEqualTo("t-2");
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void anAnswerWithoutAnIdIsNeverTakenForAbsent() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    sleepsBeforeItsSend(this::abandons, FakeApi.says(201, "application/json", "{}"));

    assertThat(assertFails(Reason.IN_DOUBT)).hasMessageContaining("the API said that it made it");

    assertThat(row().claim().intent().made()).isTrue();
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void anAnswerWithoutAnIdIsKeptWhereNobodyFollowed() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(
        POST,
        handling -> {
          time.advance(PAST_LEASE);
          return new FakeApi.Answer(201, "application/json", "{}");
        });

    assertThat(assertFails(Reason.IN_DOUBT)).hasMessageContaining("the API said that it made it");
    assertThat(row().claim().intent().made()).isTrue();
  }

  @Test
  void whatItMayHaveMadeBesideAnotherIsLookedForFromThenOn() throws Exception {
    markersAreSeen();
    sleepsBeforeItsSend(this::adoptsAnother, FakeApi.dropsAfter());

    MethodResult result = create();

    assertThat(result.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(result.warnings())
        .singleElement()
        .asString()
        .startsWith("DUPLICATE: beside successors the API shows t-2");
    assertThat(repository.duplicates(context.key())).containsExactly("t-2");
    assertThat(row().provenAbsentAt()).isNull();
  }

  @Test
  void anAnswerWithoutAnIdBesideAnotherIsLookedForToo() throws Exception {
    markersAreSeen();
    sleepsBeforeItsSend(
        this::adoptsAnother,
        handling -> {
          handling.run();
          return new FakeApi.Answer(201, "application/json", "{}");
        });

    assertThat(create().warnings()).singleElement().asString().contains("the API shows t-2");
  }

  @Test
  void whatItMadeOfAnEarlierIncarnationIsShownByTheLastLook() throws Exception {
    markersAreSeen();
    sleepsBeforeItsSend(
        successor -> {
          adoptsAnother(successor);
          api.remove("successors");
          repository.bury(row(), Tombstone.Cause.VERIFIED_GONE);
        },
        FakeApi.dropsAfter());

    MethodResult result = create();

    assertThat(result.outcome()).isEqualTo(Outcome.RECREATED);
    assertThat(result.warnings()).singleElement().asString().contains("the API shows t-2");
    assertThat(row().externalId()).isEqualTo("t-3");
  }

  /** It may be the second one, and a person has to know of it. */
  @Test
  void whatItsOperationMakesBesideAnotherIsWrittenDown() throws Exception {
    resource =
        BegunOperationTest.things(IdentityPart.Source.OPERATION, "/thing_id", "/id", Things.NONE);
    String json = "application/json";
    sleepsBeforeItsSend(
        this::adoptsAnother,
        h -> new FakeApi.Answer(202, json, "{\"id\":\"op-1\",\"status\":\"running\"}"));
    api.next(
        "GET /operations/op-1",
        FakeApi.says(200, json, "{\"status\":\"done\",\"thing_id\":\"t-7\"}"));

    assertCreates(Outcome.VERIFIED);

    assertThat(row().externalId()).isEqualTo("successors");
    assertThat(repository.evidence(context.key()))
        .filteredOn(e -> e.what().equals("made by a holder that had lost its claim"))
        .singleElement()
        .satisfies(e -> assertThat(e.detail().path("externalId").asText()).isEqualTo("t-7"));
  }

  @Test
  void whoHasItsClaimIsWaitedForAsLongAsForAnyClaim() {
    Duration claimWait = context.timing().claimWait();
    sleepsBeforeItsSend(
        successor -> {
          repository.doubt(successor, new Evidence("look again", Json.object()));
          claimedFor(claimWait.plusMinutes(1));
        },
        FakeApi.Handling::run);

    assertFails(Reason.IN_DOUBT);

    assertThat(context.waits())
        .filteredOn(w -> w.equals("the claim on " + context.key() + ", lost during the send"))
        .as("a look every quarter of a second")
        .hasSize((int) claimWait.dividedBy(Duration.ofMillis(250)));
  }

  @Test
  void anIdThatAnotherKeyOwnsIsSaidAtOnce() {
    api.next(
        POST,
        handling -> {
          FakeApi.Answer made = handling.run();
          owns(context.with().instance("other").build().key(), "t-1");
          return made;
        });

    assertFails(Reason.EXTERNAL_ID_OWNED);

    assertThat(context.waits()).isEmpty();
  }

  /** Its pause before the last look counts from its own word, not from what was made before. */
  @Test
  void aLateWordIsLookedIntoAQuarantineLater() throws Exception {
    markersAreSeen();
    Duration later = Duration.ofSeconds(10);
    sleepsBeforeItsSend(
        this::adoptsAnother,
        handling -> {
          time.advance(later);
          return null;
        });

    create();

    Duration quarantine = context.timing().quarantine().plus(context.timing().settle());
    assertThat(Duration.between(row().presentSince(), time.instant()))
        .isGreaterThanOrEqualTo(later.plus(quarantine));
  }

  @Test
  void aCancelledOneIsInDoubtAgainWithoutWaiting() throws Exception {
    assertThatThrownBy(() -> create(context.with().connection(cancelled(this::abandons)).build()))
        .isInstanceOf(InterruptedException.class)
        .hasNoSuppressedExceptions();

    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(learned()).endsWith("cancelled during the send");
    assertThat(row().claim().quarantineUntil())
        .as("it may only now have been sent")
        .isEqualTo(time.instant().plus(context.timing().quarantine()));
  }

  @Test
  void aCancelledOneWhoseClaimAnotherHasLeavesItsWord() throws Exception {
    assertThatThrownBy(() -> create(context.with().connection(cancelled(s -> {})).build()))
        .isInstanceOf(InterruptedException.class);

    assertThat(row().state()).isEqualTo(ResourceState.CLAIMED);
    assertThat(row().provenAbsentAt()).isNotNull();
  }

  @Test
  void whatWasOnlyFoundGoneIsDeletedOnRecord() throws Exception {
    create();
    repository.bury(row(), Tombstone.Cause.VERIFIED_GONE);

    assertThat(call("delete", Json.object(), context).outcome()).isEqualTo(Outcome.REUSED);

    assertThat(row().tombstone().cause()).isEqualTo(Tombstone.Cause.DELETED);
    long incarnation = row().incarnation();
    call("delete", Json.object(), context);
    assertThat(row().incarnation()).as("recorded once").isEqualTo(incarnation);
  }

  private Connection cancelled(Meanwhile meanwhile) {
    return new Connection() {
      @Override
      public String name() {
        return connection.name();
      }

      @Override
      public String baseUrl() {
        return connection.baseUrl();
      }

      @Override
      public String account() {
        return connection.account();
      }

      @Override
      public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
        sleep(meanwhile);
        throw new InterruptedException("cancelled");
      }
    };
  }
}
