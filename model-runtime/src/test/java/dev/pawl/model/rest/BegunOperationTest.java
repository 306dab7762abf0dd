package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import dev.pawl.model.rest.FakeApi.Answer;
import dev.pawl.model.rest.FakeApi.Fault;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import dev.pawl.model.testkit.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Creates that are answered with an operation, which is asked until it has ended. */
@NullUnmarked // a null where none belongs fails the test
class BegunOperationTest extends ApiTest {
  private static final String ASKED = "GET /operations/op-1";
  private static final String JSON = "application/json";

  @BeforeEach
  void thingsAreMadeByOperations() {
    resource = things(IdentityPart.Source.OPERATION, "/thing_id", "/id", Things.NONE);
  }

  @Test
  void anOperationInsteadOfTheThingIsAskedUntilItHasEnded() throws Exception {
    api.next(POST, accepted()).next(ASKED, 3, says("running")).next(ASKED, done());

    assertThat(create().output().path("name").asText()).isEqualTo("web");
    assertThat(row().externalId()).isEqualTo("t-1");
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
    assertThat(api.count(ASKED)).isEqualTo(4);
    assertThat(api.count(POST)).isEqualTo(1);
    assertCreates(Outcome.VERIFIED);
  }

  @Test
  void theOneThatSentItHasCreatedIt() throws Exception {
    api.next(POST, accepted()).next(ASKED, says("running")).next(ASKED, done());
    assertCreates(Outcome.CREATED);
  }

  @Test
  void whoDiesWhileItRunsIsFollowedByOneThatGoesOnAsking() throws Exception {
    api.next(POST, accepted()).next(ASKED, 2, says("running")).next(ASKED, done());
    TestContext dying = context.with().connection(new DiesAfter(connection, "GET")).build();
    assertThatThrownBy(() -> create(dying)).isInstanceOf(DiesAfter.Death.class);
    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);

    assertCreates(Outcome.ADOPTED);
    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(row().externalId()).isEqualTo("t-1");
  }

  @Test
  void anOperationThatFailsHasMadeNothing() throws Exception {
    api.next(POST, handling -> answer(202, operation("running", "")));
    api.next(ASKED, handling -> answer(200, operation("failed", ",\"error\":\"no quota left\"")));

    MethodException failure = assertFails(Reason.API_REFUSED);
    assertThat(failure)
        .hasMessageContainingAll("fake/thing", "GET /operations/op-1", "'failed'", "no quota left");
    assertThat(failure.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
    api.next(POST, accepted()).next(ASKED, done());
    assertCreates(Outcome.CREATED);
  }

  @Test
  void anErrorInAnOperationThatHasEndedIsAFailureWhereNoStatusSaysSo() {
    resource = failingBy(Set.of());
    api.next(POST, accepted());
    api.next(
        ASKED, handling -> answer(200, operation("ended", ",\"error\":{\"message\":\"gone\"}")));
    assertThat(assertFails(Reason.API_REFUSED)).hasMessageContaining("gone");
  }

  @Test
  void oneThatDoesNotEndIsWaitedForByTheNextRun() throws Exception {
    api.next(POST, accepted()).next(ASKED, 1000, says("running"));
    MethodException failure = assertFails(Reason.DEADLINE);
    assertThat(failure).hasMessageContainingAll("accepted", "run again to go on waiting");
    assertThat(failure.effect()).isEqualTo(MethodException.Effect.UNKNOWN);

    api.heal();
    api.next(ASKED, done());
    assertCreates(Outcome.ADOPTED);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void readsThatFailMeanNothing() throws Exception {
    api.next(POST, accepted());
    api.next(ASKED, FakeApi.says(503, "later"))
        .next(ASKED, FakeApi.dropsBefore())
        .next(ASKED, FakeApi.says(404, "text/html", "<h1>starting</h1>"))
        .next(ASKED, FakeApi.says(404, "not yet"))
        .next(ASKED, done());
    assertCreates(Outcome.CREATED);
  }

  @Test
  void anOperationThatIsForgottenLeavesTheLadder() throws Exception {
    resource = things(IdentityPart.Source.OPERATION, "/thing_id", "/id", Things.NATURAL_KEY);
    api.next(POST, accepted());
    create();
    assertThat(row().externalId()).isEqualTo("t-1");
    assertThat(api.count(POST)).isEqualTo(1);
  }

  /** It ended well, so there is something, whatever a list shows. */
  @Test
  void anOperationThatEndsWellWithoutSayingWhatItMadeIsNoProofOfAbsence() throws Exception {
    resource = things(IdentityPart.Source.OPERATION, "/thing_id", "/id", Things.NATURAL_KEY);
    api.next(POST, handling -> answer(202, operation("running", ""))).next(ASKED, 9, says("done"));

    assertThat(assertFails(Reason.IN_DOUBT)).hasMessageContaining("said that it made it");
    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  /** Who may not look knows nothing of how long it runs. */
  @Test
  void anOperationThatIsNotShownToUsIsNoProofOfAbsence() throws Exception {
    resource = things(IdentityPart.Source.OPERATION, "/thing_id", "/id", Things.NATURAL_KEY);
    api.next(POST, handling -> answer(202, operation("running", "")));
    api.next(ASKED, 9, FakeApi.says(403, "not for you"));

    assertThat(assertFails(Reason.IN_DOUBT)).hasMessageContainingAll("accepted", "not for you");
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void aThingThatAnEndedOperationMadeAndTheApiDroppedIsGone() throws Exception {
    api.next(POST, handling -> answer(202, operation("running", ""))).next(ASKED, done());

    assertThat(assertFails(Reason.NOT_READY)).hasMessageContainingAll("t-1", "dropped");
    assertThat(row().state()).isEqualTo(ResourceState.DELETED);
    api.next(POST, accepted()).next(ASKED, done());
    assertCreates(Outcome.RECREATED);
    assertThat(api.count(POST)).isEqualTo(2);
  }

  @Test
  void anAcceptedThingIsShownLater() throws Exception {
    resource = Things.reconciledBy(Things.NONE);
    api.next(
        POST,
        handling -> {
          Answer made = handling.run();
          return new Answer(202, JSON, made.body());
        });
    api.next(GET, 4, FakeApi.says(404, "not yet"));
    assertCreates(Outcome.CREATED);
    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(api.count(GET)).as("not once more when it is shown").isEqualTo(5);
    assertThat(context.waits())
        .hasSize(4)
        .containsOnly("the API to show " + context.key() + ", which it has accepted");
  }

  @Test
  void anAcceptedThingThatSomebodyDeletesIsNoLongerWaitedFor() throws Exception {
    resource = Things.reconciledBy(Things.NONE);
    api.next(
        POST,
        handling -> {
          Answer made = handling.run();
          return new Answer(202, JSON, made.body());
        });
    api.next(
        GET,
        handling -> {
          try {
            repository.bury(row(), Cause.DELETED);
          } catch (MethodException e) {
            throw new AssertionError(e);
          }
          api.remove("t-1");
          return handling.run();
        });
    assertCreates(Outcome.CREATED);
    assertThat(context.waits()).hasSize(1);
    assertThat(row().tombstone().cause()).isEqualTo(Cause.DELETED);
  }

  @Test
  void aThingThatIsAcceptedAndDroppedIsGone() throws Exception {
    resource = Things.reconciledBy(Things.NONE);
    api.next(
        POST,
        handling -> {
          Answer made = handling.run();
          api.remove("t-1");
          return new Answer(202, JSON, made.body());
        });
    assertFails(Reason.NOT_READY);
    assertThat(row().state()).isEqualTo(ResourceState.DELETED);
    assertThat(api.count(POST)).isEqualTo(1);
    assertCreates(Outcome.RECREATED);
  }

  @Test
  void aLocationOfA202PointsAtTheOperation() throws Exception {
    resource = things(IdentityPart.Source.LOCATION, "", "", Things.NONE);
    api.next(
        POST,
        handling -> {
          handling.run();
          return new Answer(202, JSON, "{}", "/operations/op-1");
        });
    api.next(ASKED, says("running"))
        .next(ASKED, handling -> new Answer(303, JSON, "{}", "/things/t-1"));
    assertCreates(Outcome.CREATED);
    assertThat(row().externalId()).isEqualTo("t-1");
  }

  @Test
  void anOperationBesideTheThingIsAskedWhenTheIdIsStored() throws Exception {
    resource = things(IdentityPart.Source.RESPONSE, "/thing/id", "/id", Things.NONE);
    api.next(
        POST,
        handling -> {
          String thing = handling.run().body();
          String both = thing.substring(0, thing.length() - 1) + ",\"operation\":";
          return answer(201, both + operation("running", "") + "}");
        });
    List<ResourceState> seen = new ArrayList<>();
    api.next(
        ASKED,
        handling -> {
          seen.add(row().state());
          return answer(200, operation("done", ""));
        });
    assertCreates(Outcome.CREATED);
    assertThat(seen).as("stored before the first poll").containsExactly(ResourceState.PRESENT);
  }

  @Test
  void aTokenThatIsSentAgainLeadsToTheSameOperation() throws Exception {
    resource = things(IdentityPart.Source.OPERATION, "/thing_id", "/id", Things.KEY);
    api.next(
            POST,
            handling -> {
              handling.run();
              return null;
            })
        .next(POST, handling -> answer(202, operation("running", "")));
    api.next(ASKED, says("running")).next(ASKED, done());
    assertCreates(Outcome.ADOPTED);
    assertThat(api.tokens()).hasSize(2).containsOnly(api.tokens().get(0));
    assertThat(row().externalId()).isEqualTo("t-1");
  }

  private static Fault accepted() {
    return handling -> {
      handling.run();
      return answer(202, operation("running", ""));
    };
  }

  private static Fault says(String status) {
    return handling -> answer(200, operation(status, ""));
  }

  private static Fault done() {
    return handling -> answer(200, operation("done", ",\"thing_id\":\"t-1\""));
  }

  private static String operation(String status, String more) {
    return "{\"id\":\"op-1\",\"status\":\"" + status + "\"" + more + "}";
  }

  private static @Nullable Answer answer(int status, String body) {
    return new Answer(status, JSON, body);
  }

  private static RestResource failingBy(Set<String> statuses) {
    return things(IdentityPart.Source.OPERATION, "/thing_id", "/id", Things.NONE, statuses);
  }

  static RestResource things(
      IdentityPart.Source key, String pointer, String operationId, Reconcile strategy) {
    return things(key, pointer, operationId, strategy, Set.of("failed"));
  }

  private static RestResource things(
      IdentityPart.Source key,
      String pointer,
      String operationId,
      Reconcile strategy,
      Set<String> failed) {
    RestResource plain = Things.reconciledBy(strategy);
    boolean beside = key == IdentityPart.Source.RESPONSE;
    boolean header = key == IdentityPart.Source.LOCATION;
    Operation get =
        new Operation(
            "GET", "/operations/{op}", List.of(Parameter.path("op")), Body.NONE, Map.of(), "");
    Operation create =
        beside
            ? plain.create()
            : new Operation("POST", "/things", List.of(), Body.JSON, Map.of(), "");
    return new RestResource(
        plain.type(),
        plain.api(),
        create,
        plain.get(),
        plain.listing(),
        plain.update(),
        plain.delete(),
        List.of(new IdentityPart("id", key, pointer)),
        strategy,
        null,
        null,
        plain.secrets(),
        Set.of(),
        new BegunOperation(
            get,
            beside ? "/operation" : "",
            List.of(
                header
                    ? IdentityPart.location("op")
                    : new IdentityPart("op", IdentityPart.Source.OPERATION, operationId)),
            "/status",
            Set.of("done", "ended"),
            failed,
            "/error"));
  }
}
