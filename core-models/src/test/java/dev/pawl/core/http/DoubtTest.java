package dev.pawl.core.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Answers that were lost, and how they are found out about. */
class DoubtTest extends HttpTest {
  private ObjectNode verified() {
    return post().put("verifyUrl", site.url("/things/hook"));
  }

  @Test
  void aLostAnswerIsFoundByTheVerifyUrl() throws Exception {
    site.loses("POST /things");
    site.on("GET /things/hook", 404, "{}").on("GET /things/hook", 200, "{\"id\": 7}");

    MethodResult found = send(verified());
    MethodResult again = send(verified());

    assertThat(found.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(found.output().at("/body/id").asInt()).isEqualTo(7);
    assertThat(again.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(site.effects()).hasSize(1);
  }

  @Test
  void whatIsProvenNotToHaveHappenedIsSentAnewUnderAnotherKey() throws Exception {
    site.loses("POST /things").on("POST /things", 201, "{\"id\": 8}");
    site.on("GET /things/hook", 404, "{}");
    long before = context.pacer().nanoTime();

    MethodResult sent = send(verified());

    assertThat(sent.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(site.effects()).hasSize(2);
    assertThat(site.effects().get(0).header("Idempotency-key"))
        .isNotEqualTo(site.effects().get(1).header("Idempotency-key"));
    assertThat(Duration.ofNanos(context.pacer().nanoTime() - before))
        .as("absence proves nothing before the quarantine has passed")
        .isGreaterThan(context.timing().quarantine());
  }

  @Test
  void aNotFoundThatIsNotTheApisOwnProvesNothing() {
    site.loses("POST /things");
    site.on("GET /things/hook", 404, "{}")
        .on("GET /things/hook", Site.answer(404, "text/html", "<h1>proxy</h1>"));

    assertThat(refused(verified()).failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(site.effects()).hasSize(1);
  }

  @Test
  void aServerThatHonoursKeysIsAskedAgainWithTheSame() throws Exception {
    site.loses("POST /things").on("POST /things", 201, "{\"id\": 9}");

    MethodResult sent = send(post().put("repeatable", true));

    assertThat(sent.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(sent.output().at("/body/id").asInt()).isEqualTo(9);
    assertThat(site.effects()).hasSize(2);
    assertThat(site.effects().get(1).header("Idempotency-key"))
        .isEqualTo(site.effects().get(0).header("Idempotency-key"));
    assertThat(site.effects().get(1).body()).isEqualTo(site.effects().get(0).body());
  }

  @Test
  void aMendedBodyWaitsUntilTheFirstIsResolvedWithItsOwn() throws Exception {
    site.loses("POST /things").on("POST /things", 201, "{}");
    refused(post());
    ObjectNode mended = post().put("repeatable", true);
    mended.putObject("body").put("name", "mended");

    MethodResult sent = send(mended);

    assertThat(sent.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(site.effects().get(1).body()).isEqualTo("{\"name\":\"hook\"}");
    assertThat(send(mended).differs()).hasSize(1);
  }

  @Test
  void aKeyOfLongAgoIsNotTrusted() {
    site.loses("POST /things");
    refused(post());
    ((VirtualTime) context.pacer()).advance(Duration.ofHours(2));

    MethodException e = refused(post().put("repeatable", true));

    assertThat(e.failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(e.failure().message()).contains("too long ago");
    assertThat(site.effects()).hasSize(1);
  }

  @Test
  void aReplayedRefusalMeansThatNothingWasMade() {
    site.loses("POST /things").on("POST /things", 422, "{\"message\": \"bad name\"}");

    MethodException e = refused(post().put("repeatable", true));

    assertThat(e.failure().reason()).isEqualTo(Reason.API_REFUSED);
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void aRefusalOfWhoAsksSaysNothingOfTheFirst() {
    site.loses("POST /things").on("POST /things", 401, "{}");

    assertThat(refused(post().put("repeatable", true)).failure().reason())
        .isEqualTo(Reason.IN_DOUBT);
    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
  }

  @Test
  void whatWasThereBeforeIsNotTakenForOurs() {
    site.on("GET /things/hook", 200, "{\"id\": 1}");

    MethodException e = refused(verified());

    assertThat(e.failure().reason()).isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void whatWasThereBeforeIsTakenOverWhereThatIsAllowed() throws Exception {
    site.on("GET /things/hook", 200, "{\"id\": 1}");
    adopts();

    MethodResult taken = send(verified());

    assertThat(taken.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(taken.output().at("/body/id").asInt()).isEqualTo(1);
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void aChangeOfWhatWasThereStaysInDoubt() {
    site.on("GET /things/hook", 200, "{\"id\": 1}").loses("PATCH /things");

    MethodException e = refused(verified().put("method", "PATCH"));

    assertThat(e.failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(e.failure().message()).contains("may have been so before the send");
  }

  @Test
  void aVerifyUrlThatSaysNothingHoldsTheSendBack() {
    site.on("GET /things/hook", 503, "{}");

    assertThat(refused(verified()).failure().reason()).isEqualTo(Reason.VERIFY_UNKNOWN);
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void aDeleteHasHappenedWhenTheThingIsGone() throws Exception {
    site.loses("DELETE /things");
    site.on("GET /things/hook", 200, "{}").on("GET /things/hook", 404, "{}");

    MethodResult gone = send(verified().put("method", "DELETE"));
    MethodResult again = send(verified().put("method", "DELETE"));

    assertThat(gone.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(again.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(site.effects()).hasSize(1);
  }

  @Test
  void whatIsUndoneByOthersIsDoneAnew() throws Exception {
    site.on("POST /things", 201, "{}");
    site.on("GET /things/hook", 404, "{}")
        .on("GET /things/hook", 200, "{}")
        .on("GET /things/hook", 404, "{}");
    send(verified());
    assertThat(send(verified()).outcome()).isEqualTo(Outcome.VERIFIED);

    MethodResult anew = send(verified());

    assertThat(anew.outcome()).isEqualTo(Outcome.RECREATED);
    assertThat(site.effects()).hasSize(2);
  }

  /** Claims as a send does, and then is heard of no more. */
  private void diesAfterItsClaim(ObjectNode arguments) throws Exception {
    HttpCall call = ParseCall.run(arguments, Duration.ofSeconds(15));
    var wish = new PlanSend(call, new Transport(), context).wish(row());
    assertThat(context.dataRepository().claim(wish)).isInstanceOf(ClaimAnswer.Granted.class);
    ((VirtualTime) context.pacer()).advance(wish.lease().plusSeconds(1));
  }

  @Test
  void anExecutorThatDiedAfterItsClaimLeavesADoubt() throws Exception {
    diesAfterItsClaim(post());

    assertThat(refused(post()).failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void theDoubtOfADeadExecutorIsResolvedWithTheKeyThatItMadeDurable() throws Exception {
    site.on("POST /things", 201, "{}");
    diesAfterItsClaim(post());
    String key = requireNonNull(requireNonNull(row().claim()).intent()).requestToken();

    MethodResult sent = send(post().put("repeatable", true));

    assertThat(sent.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(site.effects()).hasSize(1);
    assertThat(site.effects().get(0).header("Idempotency-key")).isEqualTo(key);
  }

  @Test
  void anAnswerThatCameIsKeptThoughItsCallerWasCancelledMeanwhile() throws Exception {
    Thread caller = Thread.currentThread();
    site.on(
        "POST /things",
        exchange -> {
          caller.interrupt();
          Site.answer(201, "application/json", "{\"id\": 3}").to(exchange);
        });

    send(post());

    assertThat(Thread.interrupted()).as("the interrupt is left for whoever comes next").isTrue();
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
    assertThat(send(post()).outcome()).isEqualTo(Outcome.REUSED);
  }

  @Test
  void whatWasSentToAnotherServerIsNotJudgedByThisOne() throws Exception {
    site.on("POST /things", 201, "{}");
    send(post());
    try (Site other = new Site()) {
      MethodException e = refused(post().put("url", other.url("/things")));

      assertThat(e.failure().reason()).isEqualTo(Reason.ACCOUNT_MISMATCH);
    }
  }
}
