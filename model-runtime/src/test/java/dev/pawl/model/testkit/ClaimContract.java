package dev.pawl.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.OpenClaim;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Who may act on a row, and for how long. */
@NullUnmarked // a null where none belongs fails the test
abstract class ClaimContract extends StoreHarness {

  @Test
  void nothingIsStoredAtFirst() {
    StoredResource row = read();

    assertThat(row.state()).isEqualTo(ResourceState.ABSENT);
    assertThat(row.incarnation()).isEqualTo(1);
    assertThat(row.version()).isZero();
    assertThat(row.sendNumber()).isZero();
    assertThat(row.fencingToken()).isZero();
    assertThat(row.claim()).isNull();
    assertThat(row.identity()).isEmpty();
    assertThat(row.readAt()).isNotNull();
  }

  @Test
  void createClaimOfAnAbsentRowIsGrantedWithItsIntent() {
    ClaimAnswer answer = ask(read(), ClaimMode.CREATE);

    assertThat(answer).isInstanceOf(ClaimAnswer.Granted.class);
    Claim claim = ((ClaimAnswer.Granted) answer).claim();
    assertThat(claim.mode()).isEqualTo(ClaimMode.CREATE);
    assertThat(claim.fencingToken()).isEqualTo(1);
    assertThat(claim.incarnation()).isEqualTo(1);
    assertThat(claim.sendNumber()).isEqualTo(1);
    assertThat(claim.lease()).isEqualTo(LEASE);
    StoredResource row = read();
    assertThat(row.state()).isEqualTo(ResourceState.CLAIMED);
    assertThat(row.effectiveState()).isEqualTo(ResourceState.CLAIMED);
    assertThat(row.fencingToken()).isEqualTo(1);
    assertThat(row.sendNumber()).isEqualTo(1);
    OpenClaim open = row.claim();
    assertThat(open.holder()).isEqualTo("holder-CREATE");
    assertThat(open.mode()).isEqualTo(ClaimMode.CREATE);
    assertThat(open.intent()).isEqualTo(intent("body"));
    assertThat(Duration.between(open.sentAt(), open.leaseUntil())).isEqualTo(LEASE);
    assertThat(Duration.between(open.sentAt(), open.quarantineUntil()))
        .isEqualTo(SEND_WITHIN.plus(ALLOWANCE));
    assertThat(answer.row().claim()).isEqualTo(open);
  }

  @Test
  void claimWithoutAnIntentIsGranted() {
    StoredResource read = read();
    ClaimAnswer answer =
        repository()
            .claim(
                new dev.pawl.model.data.ClaimRequest(
                    read,
                    ClaimMode.CREATE,
                    "a client",
                    LEASE,
                    Duration.ZERO,
                    Duration.ZERO,
                    null,
                    null));

    assertThat(answer).isInstanceOf(ClaimAnswer.Granted.class);
    assertThat(read().claim().intent()).isNull();
  }

  @Test
  void liveHolderKeepsEveryoneElseOut() {
    claim(ClaimMode.CREATE);
    StoredResource held = read();

    for (ClaimMode mode : ClaimMode.values()) {
      ClaimAnswer answer = ask(held, mode);
      assertThat(answer).as("%s", mode).isInstanceOf(ClaimAnswer.Held.class);
      assertThat(answer.row().claim().holder()).isEqualTo("holder-CREATE");
    }
    assertThat(read().fencingToken()).isEqualTo(1);
  }

  @Test
  void aHolderThatLivesStillHasItsLeaseJustBeforeItsEnd() {
    claim(ClaimMode.CREATE);
    advance(LEASE.minusSeconds(5));

    assertThat(read().effectiveState()).isEqualTo(ResourceState.CLAIMED);
    assertThat(ask(read(), ClaimMode.RECONCILE)).isInstanceOf(ClaimAnswer.Held.class);
  }

  @Test
  void expiredCreateIsInDoubtAndOnlyToBeReconciled() {
    claim(ClaimMode.CREATE);
    advance(PAST_LEASE);

    StoredResource row = read();
    assertThat(row.effectiveState()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(ask(row, ClaimMode.CREATE)).isInstanceOf(ClaimAnswer.InDoubt.class);
    assertThat(ask(row, ClaimMode.CHANGE)).isInstanceOf(ClaimAnswer.InDoubt.class);
    assertThat(ask(row, ClaimMode.RECONCILE)).isInstanceOf(ClaimAnswer.Granted.class);
  }

  @Test
  void reconcileKeepsWhatWasSentAndWhen() throws MethodException {
    doubted();
    OpenClaim sent = read().claim();
    advance(Duration.ofSeconds(3));

    Claim claim = claim(ClaimMode.RECONCILE);

    StoredResource row = read();
    assertThat(claim.fencingToken()).isEqualTo(2);
    assertThat(claim.sendNumber()).isEqualTo(1);
    assertThat(row.state()).isEqualTo(ResourceState.CLAIMED);
    assertThat(row.sendNumber()).isEqualTo(1);
    OpenClaim open = row.claim();
    assertThat(open.mode()).isEqualTo(ClaimMode.RECONCILE);
    assertThat(open.holder()).isEqualTo("holder-RECONCILE");
    assertThat(open.intent()).isEqualTo(sent.intent());
    assertThat(open.sentAt()).isEqualTo(sent.sentAt());
    assertThat(open.quarantineUntil()).isEqualTo(sent.quarantineUntil());
    assertThat(open.leaseUntil()).isAfter(sent.leaseUntil());
  }

  @Test
  void expiredReconcileIsInDoubtAgain() throws MethodException {
    doubted();
    claim(ClaimMode.RECONCILE);
    assertThat(ask(read(), ClaimMode.RECONCILE)).isInstanceOf(ClaimAnswer.Held.class);
    advance(PAST_LEASE);

    assertThat(read().effectiveState()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(claim(ClaimMode.RECONCILE).fencingToken()).isEqualTo(3);
    assertThat(read().claim().intent()).isEqualTo(intent("body"));
  }

  @Test
  void expiredChangeLeavesTheRowPresent() throws MethodException {
    made();
    claim(ClaimMode.CHANGE);
    advance(PAST_LEASE);

    assertThat(read().effectiveState()).isEqualTo(ResourceState.PRESENT);
    assertThat(ask(read(), ClaimMode.CREATE)).isInstanceOf(ClaimAnswer.Changed.class);
    assertThat(ask(read(), ClaimMode.RECONCILE)).isInstanceOf(ClaimAnswer.Changed.class);
    assertThat(claim(ClaimMode.CHANGE).fencingToken()).isEqualTo(3);
  }

  @Test
  void aModeThatDoesNotFitTheStateIsAnsweredChanged() throws MethodException {
    assertThat(ask(read(), ClaimMode.CHANGE)).isInstanceOf(ClaimAnswer.Changed.class);
    assertThat(ask(read(), ClaimMode.RECONCILE)).isInstanceOf(ClaimAnswer.Changed.class);
    made();
    assertThat(ask(read(), ClaimMode.CREATE)).isInstanceOf(ClaimAnswer.Changed.class);
    assertThat(ask(read(), ClaimMode.RECONCILE)).isInstanceOf(ClaimAnswer.Changed.class);
    assertThat(read().state()).isEqualTo(ResourceState.PRESENT);
    repository().bury(read(), Cause.DELETED);
    assertThat(ask(read(), ClaimMode.CHANGE)).isInstanceOf(ClaimAnswer.Changed.class);
    assertThat(ask(read(), ClaimMode.RECONCILE)).isInstanceOf(ClaimAnswer.Changed.class);
    assertThat(read().state()).isEqualTo(ResourceState.DELETED);
  }

  @Test
  void aClaimOnWhatIsNoLongerAsReadIsAnsweredChanged() throws MethodException {
    StoredResource neverClaimed = read();
    repository().abandon(claim(ClaimMode.CREATE), because("refused"));
    assertThat(ask(neverClaimed, ClaimMode.CREATE))
        .as("another token")
        .isInstanceOf(ClaimAnswer.Changed.class);

    StoredResource firstVersion = made();
    repository().confirm(firstVersion, data("other"));
    ClaimAnswer changed = ask(firstVersion, ClaimMode.CHANGE);
    assertThat(changed).as("another version").isInstanceOf(ClaimAnswer.Changed.class);
    assertThat(changed.row().version()).isEqualTo(2);
    assertThat(read().state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void tokenRisesWithEveryClaimAndSendNumberWithEveryCreate() throws MethodException {
    repository().abandon(claim(ClaimMode.CREATE), because("refused"));
    Claim second = claim(ClaimMode.CREATE);
    assertThat(second.fencingToken()).isEqualTo(2);
    assertThat(second.sendNumber()).isEqualTo(2);
    repository().complete(second, completion("id", Outcome.CREATED));
    Claim change = claim(ClaimMode.CHANGE);
    assertThat(change.fencingToken()).isEqualTo(3);
    assertThat(change.sendNumber()).isEqualTo(2);
  }

  @Test
  void renewalProlongsTheLeaseAndNothingElse() throws MethodException {
    Claim claim = claim(ClaimMode.CREATE);
    OpenClaim before = read().claim();
    advance(Duration.ofSeconds(20));

    Claim renewed = repository().renew(claim);

    assertThat(renewed.fencingToken()).isEqualTo(claim.fencingToken());
    assertThat(renewed.lease()).isEqualTo(LEASE);
    OpenClaim open = read().claim();
    assertThat(Duration.between(before.leaseUntil(), open.leaseUntil()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    assertThat(open.sentAt()).isEqualTo(before.sentAt());
    assertThat(open.quarantineUntil()).isEqualTo(before.quarantineUntil());
    advance(Duration.ofSeconds(20));
    assertThat(read().effectiveState()).isEqualTo(ResourceState.CLAIMED);
    repository().complete(renewed, completion("id", Outcome.CREATED));
  }

  @Test
  void renewalAfterTheLeaseIsRefused() {
    Claim claim = claim(ClaimMode.CREATE);
    advance(PAST_LEASE);

    assertStale(() -> repository().renew(claim));
    assertThat(read().effectiveState()).isEqualTo(ResourceState.IN_DOUBT);
  }

  @Test
  void renewalOfAnEndedOrTakenClaimIsRefused() throws MethodException {
    Claim claim = doubted();
    assertStale(() -> repository().renew(claim));
    claim(ClaimMode.RECONCILE);
    assertStale(() -> repository().renew(claim));
  }

  @Test
  void amendReplacesTheIntent() throws MethodException {
    Claim claim = claim(ClaimMode.CREATE);
    OpenClaim before = read().claim();

    repository().amend(claim, intent("body").withBaseline(List.of("a", "b")));

    OpenClaim open = read().claim();
    assertThat(open.intent().baseline()).containsExactly("a", "b");
    assertThat(open.sentAt()).isEqualTo(before.sentAt());
    assertThat(open.leaseUntil()).isEqualTo(before.leaseUntil());
    repository().doubt(claim, because("no answer"));
    assertThat(read().claim().intent().baseline()).containsExactly("a", "b");
  }

  /** Without it, an accepted create could never be asked for again. */
  @Test
  void whatNamesAnOperationOutlivesItsHolder() throws MethodException {
    Claim claim = claim(ClaimMode.CREATE);
    ObjectNode operation = Json.object().put("op", "op-1");
    repository().amend(claim, intent("body").asAccepted(operation));
    repository().doubt(claim, because("accepted"));
    claim(ClaimMode.RECONCILE);
    advance(PAST_LEASE);

    assertThat(read().claim().intent().operation()).isEqualTo(operation);
  }

  @Test
  void amendIsRefusedOnceTheRightToSendIsOver() throws MethodException {
    Claim claim = claim(ClaimMode.CREATE);
    advance(PAST_LEASE);
    assertStale(() -> repository().amend(claim, intent("other")));

    claim(ClaimMode.RECONCILE);
    assertStale(() -> repository().amend(claim, intent("other")));
    assertThat(read().claim().intent()).isEqualTo(intent("body"));
  }

  @Test
  void ofManyWhoRaceForARowOneIsGrantedIt() throws Exception {
    int callers = 16;
    StoredResource row = read();
    CyclicBarrier start = new CyclicBarrier(callers);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Callable<ClaimAnswer>> calls = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        calls.add(
            () -> {
              start.await();
              return ask(row, ClaimMode.CREATE);
            });
      }
      List<ClaimAnswer> answers = new ArrayList<>();
      for (Future<ClaimAnswer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      assertThat(answers).filteredOn(a -> a instanceof ClaimAnswer.Granted).hasSize(1);
      assertThat(answers).filteredOn(a -> a instanceof ClaimAnswer.Held).hasSize(callers - 1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(read().sendNumber()).isEqualTo(1);
    assertThat(read().fencingToken()).isEqualTo(1);
  }

  private ClaimAnswer askForName(ResourceKey of, String naturalKey) {
    return repository()
        .claim(
            new ClaimRequest(
                repository().read(of),
                ClaimMode.CREATE,
                "holder",
                LEASE,
                SEND_WITHIN,
                ALLOWANCE,
                null,
                intent("body").withNaturalKey(naturalKey)));
  }

  @Test
  void oneCreateOfANaturalKeyIsOpenAtATimeInWhateverNamespace() throws MethodException {
    ResourceKey other = key("elsewhere");
    Claim first = ((ClaimAnswer.Granted) askForName(key, "web")).claim();

    ClaimAnswer answer = askForName(other, "web");
    assertThat(answer).isInstanceOf(ClaimAnswer.Rivalled.class);
    assertThat(((ClaimAnswer.Rivalled) answer).rival().key()).isEqualTo(key);
    assertThat(answer.row().state()).isEqualTo(ResourceState.ABSENT);
    assertThat(askForName(key("default"), "db")).isInstanceOf(ClaimAnswer.Granted.class);

    repository().doubt(first, because("no answer"));
    assertThat(askForName(other, "web")).as("in doubt").isInstanceOf(ClaimAnswer.Rivalled.class);
    advance(PAST_LEASE);
    Claim again = claim(ClaimMode.RECONCILE);
    assertThat(askForName(other, "web")).as("looked for").isInstanceOf(ClaimAnswer.Rivalled.class);
    assertThat(read().claim().intent().naturalKey()).isEqualTo("web");

    repository().complete(again, completion("id-" + key.instance(), Outcome.ADOPTED));
    assertThat(askForName(other, "web")).isInstanceOf(ClaimAnswer.Granted.class);
    assertThat(ask(read(), ClaimMode.CHANGE))
        .as("a change is no create")
        .isInstanceOf(ClaimAnswer.Granted.class);
  }

  @Test
  void whatWasProvenAbsentIsRememberedUntilItWasLookedAtAgain() throws MethodException {
    doubted();
    assertThat(read().provenAbsentAt()).isNull();
    repository().abandon(claim(ClaimMode.RECONCILE), because("two looks"));
    Instant proven = read().provenAbsentAt();
    assertThat(proven).isNotNull();

    Claim second = claim(ClaimMode.CREATE);
    repository().abandon(second, because("refused"));
    assertThat(read().provenAbsentAt()).as("a refusal proves nothing of it").isEqualTo(proven);

    StoredResource made = made(key, "id-" + key.instance());
    assertThat(made.provenAbsentAt()).isEqualTo(proven);
    repository().probed(made, List.of("another"));
    assertThat(read().provenAbsentAt()).isNull();
    StoredResource changed = repository().confirm(read(), data("changed"));
    assertThatThrownBy(() -> repository().probed(made, List.of()))
        .isInstanceOf(MethodException.class);
    assertThat(read().version()).isEqualTo(changed.version());
  }

  @Test
  void whatTheApiSaidThatItMadeIsNeverTakenForAbsent() throws MethodException {
    made(key("elsewhere"), "shared-" + account);
    Claim claim = claim(ClaimMode.CREATE);

    assertThatThrownBy(
            () -> repository().complete(claim, completion("shared-" + account, Outcome.CREATED)))
        .isInstanceOf(MethodException.class);

    assertThat(read().state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(read().claim().intent().made()).isTrue();
    Claim again = claim(ClaimMode.RECONCILE);
    assertThat(read().claim().intent().made()).isTrue();
    repository().doubt(again, because("looked"));
  }
}
