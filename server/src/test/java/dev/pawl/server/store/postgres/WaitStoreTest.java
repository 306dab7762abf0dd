package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.server.run.ParentStep;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.NewWait;
import dev.pawl.server.store.PutDown;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Waits, and what wakes a run: each crossing in each order. */
class WaitStoreTest extends RunStoreTest {
  private static final PutDown WITH_NEWS = new PutDown(PutDown.Wake.WITH_NEWS, null);

  private final String executor = "ex-" + UUID.randomUUID();

  private static NewWait approval(@Nullable Duration timeout) {
    return NewWait.approval(step("ask", StepStatus.WAITING, null, ANY, null), "go on?", timeout);
  }

  private Decide decide(RunRecord run, Waiting.Decision decision) {
    return new Decide(run.key(), StepKey.of("ask"), decision, "ann", "");
  }

  private RunRecord waiting(String id) throws StaleRunException {
    RunRecord run = started(id, executor);
    store.beginWait(run.key(), 1, approval(null));
    return run;
  }

  private boolean isClaimed(RunRecord run) {
    return store.claimWoken(executor, 1000).stream().anyMatch(r -> r.key().equals(run.key()));
  }

  @Test
  void aRunThatIsPutDownBelongsToNobodyAndFencesItsOwner() throws Exception {
    RunRecord run = waiting("r1");
    store.putDown(run.key(), 1, WITH_NEWS);
    RunRecord down = now(run);
    assertThat(down.status()).isEqualTo(RunStatus.WAITING);
    assertThat(down.executorId()).isNull();
    assertThat(down.generation()).isEqualTo(2);
    assertThat(store.attempts(run.key()).getFirst().status()).isEqualTo(RunStatus.WAITING);
    assertThat(store.events(run.key(), 0, 100).getLast().run())
        .satisfies(r -> assertThat(r == null ? null : r.status()).isEqualTo(RunStatus.WAITING));
    assertThat(isClaimed(run)).isFalse();
    assertThatThrownBy(() -> store.putDown(run.key(), 1, WITH_NEWS))
        .isInstanceOf(StaleRunException.class);
    assertThatThrownBy(() -> store.beginWait(run.key(), 1, approval(null)))
        .isInstanceOf(StaleRunException.class);
    assertThatThrownBy(() -> store.takeNews(run.key(), 1)).isInstanceOf(StaleRunException.class);
    assertThatThrownBy(() -> store.closeWait(run.key(), 1, StepKey.of("ask"), "no"))
        .isInstanceOf(StaleRunException.class);
  }

  @Test
  void newsThatCameBeforeThePuttingDownWakesAtOnce() throws Exception {
    RunRecord run = waiting("r1");
    assertThat(store.decide(decide(run, Waiting.Decision.APPROVED)))
        .isEqualTo(Decide.Result.DECIDED);
    assertThat(store.withNews(executor)).extracting(RunRecord::key).contains(run.key());
    store.putDown(run.key(), 1, WITH_NEWS);
    assertThat(isClaimed(run)).isTrue();
    assertThat(now(run).generation()).isEqualTo(3);
    assertThat(now(run).attempt()).isEqualTo(1);
  }

  @Test
  void newsThatWasTakenWakesNobody() throws Exception {
    RunRecord run = waiting("r1");
    store.decide(decide(run, Waiting.Decision.APPROVED));
    assertThat(store.takeNews(run.key(), 1))
        .singleElement()
        .satisfies(w -> assertThat(w.answer()).isNotNull());
    assertThat(store.withNews(executor)).isEmpty();
    store.putDown(run.key(), 1, WITH_NEWS);
    assertThat(isClaimed(run)).isFalse();
  }

  @Test
  void aClosedWaitTakesNoDecisionAndADecidedOneIsNotClosed() throws Exception {
    RunRecord closed = waiting("r1");
    assertThat(store.closeWait(closed.key(), 1, StepKey.of("ask"), "late").closed()).isTrue();
    assertThat(store.decide(decide(closed, Waiting.Decision.APPROVED)))
        .isEqualTo(Decide.Result.NONE_PENDING);

    RunRecord decided = waiting("r2");
    store.decide(decide(decided, Waiting.Decision.REJECTED));
    Waiting wait = store.closeWait(decided.key(), 1, StepKey.of("ask"), "late");
    assertThat(wait.closed()).isFalse();
    assertThat(wait.answer()).isNotNull();
    assertThat(store.decide(decide(decided, Waiting.Decision.REJECTED)))
        .isEqualTo(Decide.Result.SAME);
    assertThat(store.decide(decide(decided, Waiting.Decision.APPROVED)))
        .isEqualTo(Decide.Result.OTHER);
  }

  @Test
  void theEarliestTimeOfAllWakes() throws Exception {
    RunRecord run = started("r1", executor);
    store.beginWait(run.key(), 1, approval(Duration.ofHours(2)));
    store.putDown(run.key(), 1, new PutDown(PutDown.Wake.WITH_NEWS, Duration.ofHours(1)));
    assertThat(store.timeLeft(run.key())).isPresent();
    database.advance(Duration.ofMinutes(59));
    assertThat(isClaimed(run)).isFalse();
    database.advance(Duration.ofMinutes(2));
    assertThat(isClaimed(run)).isTrue();
    store.putDown(run.key(), 3, WITH_NEWS);
    assertThat(isClaimed(run)).isFalse();
    database.advance(Duration.ofMinutes(60));
    assertThat(isClaimed(run)).isTrue();
  }

  @Test
  void aChildIsStoredWithItsStepAndItsEndWakesTheParent() throws Exception {
    RunRecord parent = started("p", executor);
    NewRun plain = newRun("c", null, null);
    NewRun child =
        new NewRun(
            plain.key(),
            plain.workflowName(),
            plain.workflowVersion(),
            plain.definition(),
            plain.definitionFile(),
            plain.inputs(),
            plain.recoveryStrategy(),
            plain.maxRecoveries(),
            plain.requester(),
            null,
            null,
            new ParentStep("p", StepKey.of("ask")),
            1,
            false);
    NewWait wait =
        NewWait.child(
            step("ask", StepStatus.WAITING, null, ANY, null), new NewWait.Child.Start(child), null);
    store.beginWait(parent.key(), 1, wait);
    // The answer was lost, the same is asked again: there is one child still.
    store.beginWait(parent.key(), 1, wait);
    assertThat(store.child(parent.key(), StepKey.of("ask")).map(RunRecord::key))
        .contains(child.key());
    store.putDown(parent.key(), 1, WITH_NEWS);
    assertThat(isClaimed(parent)).isFalse();

    store.claimQueued(executor, 1000);
    store.record(
        child.key(),
        2,
        new RunChange(
            List.of(),
            new RunChange.End(RunStatus.FAILED, "STEP_FAILED", "no", null),
            parent.key(),
            null));
    assertThat(isClaimed(parent)).isTrue();
  }
}
