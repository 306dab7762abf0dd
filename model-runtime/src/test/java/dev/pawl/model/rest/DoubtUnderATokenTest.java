package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A create was sent under a request token, and nobody knows what became of it. */
@NullUnmarked // a null where none belongs fails the test
class DoubtUnderATokenTest extends ApiTest {
  @Test
  void theSameTokenGivesTheSameObject() throws Exception {
    resource = Things.reconciledBy(Things.KEY);
    api.next(POST, FakeApi.dropsAfter());

    MethodResult result = create();

    assertThat(result.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(api.count(POST)).as("sent again under its token").isEqualTo(2);
    assertThat(api.things()).hasSize(1);
  }

  @Test
  void anApiThatFailsOnTheRepetitionToo() throws Exception {
    resource = Things.reconciledBy(new Reconcile.Key("Idempotency-Key", Things.NATURAL_KEY));
    api.next(POST, FakeApi.dropsAfter());
    api.next(POST, 2, FakeApi.says(500, "later"));

    assertCreates(Outcome.ADOPTED);

    assertThat(api.things()).hasSize(1);
    assertThat(api.tokens()).hasSize(4).containsOnly(api.tokens().get(0));
  }

  @Test
  void aRefusedTokenIsNotUsedAgain() throws Exception {
    resource = Things.reconciledBy(Things.KEY);
    api.next(POST, FakeApi.says(422, "bad"));
    assertFails(Reason.API_REFUSED);
    api.next(POST, FakeApi.dropsAfter());
    assertCreates(Outcome.ADOPTED);

    assertThat(api.tokens()).hasSize(3);
    assertThat(api.tokens().get(1)).as("another send").isNotEqualTo(api.tokens().get(0));
    assertThat(api.tokens().get(2)).as("the same send").isEqualTo(api.tokens().get(1));
  }

  @Test
  void anAnswerReplayedIsNoReadAndAbsenceRightAfterMayBeLag() throws Exception {
    resource = Things.reconciledBy(Things.KEY);
    api.next(POST, FakeApi.dropsAfter());
    api.next(GET, 2, FakeApi.says(404, "not yet"));

    assertThat(create().outcome()).isEqualTo(Outcome.ADOPTED);

    assertThat(api.things()).hasSize(1);
  }

  @Test
  void refusedCredentialProvesNothingAboutTheFirstSend() throws Exception {
    resource = Things.reconciledBy(Things.KEY);
    api.next(POST, FakeApi.dropsAfter());
    api.next(POST, 3, FakeApi.says(401, "token revoked"));

    assertFails(Reason.IN_DOUBT);
    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);

    assertCreates(Outcome.ADOPTED);
    assertThat(api.things()).hasSize(1);
  }

  @Test
  void aReplayedRefusalProvesThatNothingWasMade() throws Exception {
    resource = Things.reconciledBy(Things.KEY);
    api.next(POST, FakeApi.dropsBefore());
    api.next(POST, 3, FakeApi.says(422, "bad"));
    assertCreates(Outcome.CREATED);
    assertThat(api.things()).hasSize(1);
  }

  @Test
  void whatWasJustSentAgainIsNotAbsentBecauseUnseen() {
    resource = Things.reconciledBy(new Reconcile.Key("X-Unknown-Header", Things.NATURAL_KEY));
    api.next(POST, 9, FakeApi.dropsBefore());
    assertFails(Reason.IN_DOUBT);
    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(row().sendNumber()).isEqualTo(1);
  }

  @Test
  void anOldTokenIsNotTrusted() {
    resource = Things.reconciledBy(Things.KEY);
    api.next(POST, FakeApi.dropsAfter());
    api.next(POST, 9, FakeApi.dropsBefore());
    assertFails(Reason.IN_DOUBT);
    api.heal();
    api.forgetLog();
    time.advance(Duration.ofDays(2));

    assertFails(Reason.IN_DOUBT);

    assertThat(api.count(POST)).isZero();
  }

  @Test
  void theOldBodyIsResolvedBeforeTheNewOneIsLookedAt() throws Exception {
    resource = Things.reconciledBy(Things.KEY);
    api.next(POST, FakeApi.dropsAfter());
    api.next(POST, 9, FakeApi.says(503, "later"));
    assertFails(Reason.IN_DOUBT);

    ObjectNode other = Json.object().put("name", "web").put("size", 2);
    MethodResult result = call("create", other, context);

    assertThat(result.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(result.differs()).hasSize(1);
    assertThat(api.things()).hasSize(1);
    assertThat(api.things().get("t-1").path("size").asInt()).isEqualTo(1);
  }
}
