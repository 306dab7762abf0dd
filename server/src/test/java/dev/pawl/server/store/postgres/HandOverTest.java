package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Json;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.ExecutorStore;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.StartAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandOverTest extends RunStoreTest {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final ExecutorStore executors = database.store().executors();
  private final String executor = "ex-" + UUID.randomUUID();

  @Test
  void queuedRunsAreClaimedOldestFirst() {
    drain();
    IntStream.range(0, 3).forEach(i -> started("run-" + i, null));

    List<RunRecord> claimed = store.claimQueued(executor, 2);
    assertThat(claimed).extracting(run -> run.key().runId()).containsExactly("run-0", "run-1");
    assertThat(claimed).allMatch(run -> run.status() == RunStatus.RUNNING);
    assertThat(claimed).allMatch(run -> executor.equals(run.executorId()));
    assertThat(claimed).allMatch(run -> run.generation() == 2 && run.startedAt() != null);
    assertThat(store.attempts(claimed.getFirst().key()).getFirst().status())
        .isEqualTo(RunStatus.RUNNING);
    assertThat(store.claimQueued(executor, 2)).hasSize(1);
    assertThat(store.claimQueued(executor, 2)).isEmpty();
  }

  @Test
  void executorsThatClaimTogetherNeverGetTheSameRun() throws Exception {
    drain();
    IntStream.range(0, 60).forEach(i -> started("run-" + i, null));

    List<List<RunRecord>> claimed =
        Together.call(
            6,
            i -> {
              List<RunRecord> mine = new ArrayList<>();
              List<RunRecord> more = store.claimQueued("ex-" + i, 3);
              while (!more.isEmpty()) {
                mine.addAll(more);
                more = store.claimQueued("ex-" + i, 3);
              }
              return mine;
            });
    // Skipped while locked by another, a run may be left; never claimed twice.
    claimed.add(drain());

    List<String> ids =
        claimed.stream().flatMap(List::stream).map(run -> run.key().runId()).toList();
    assertThat(ids).hasSize(60);
    assertThat(new HashSet<>(ids)).hasSize(60);
  }

  @Test
  void runsOfALivingExecutorAreNotAbandoned() {
    executors.register(executor, "here:1");
    RunRecord run = started("r1", executor);

    database.advance(SILENCE.minusSeconds(5));
    assertThat(abandoned(run)).isFalse();
    database.advance(Duration.ofSeconds(10));
    assertThat(abandoned(run)).isTrue();
    assertThat(executors.heartbeat(executor)).isTrue();
    assertThat(abandoned(run)).isFalse();
    executors.remove(executor);
    assertThat(abandoned(run)).isTrue();
    assertThat(executors.heartbeat(executor)).isFalse();
  }

  @Test
  void othersAreRemovedAndCounted() {
    executors.register(executor, "here:1");
    executors.register(executor + "-2", "here:2");
    assertThat(executors.removeOthers(executor)).isPositive();
    assertThat(executors.heartbeat(executor)).isTrue();
    assertThat(executors.heartbeat(executor + "-2")).isFalse();
  }

  @Test
  void whoTakesAnAbandonedRunOverFencesItsOldOwner() throws Exception {
    RunRecord run = started("r1", executor);
    assertThat(abandoned(run)).isTrue();

    RunRecord recovered = begun(attempt(run, AttemptReason.RECOVERY, "ex-2", null));
    assertThat(recovered.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(recovered.attempt()).isEqualTo(2);
    assertThat(recovered.generation()).isEqualTo(2);
    assertThat(recovered.recoveries()).isEqualTo(1);
    assertThat(recovered.executorId()).isEqualTo("ex-2");
    assertThatThrownBy(() -> store.record(run.key(), 1, RunChange.of(running("a"))))
        .isInstanceOf(StaleRunException.class);
    List<AttemptRecord> attempts = store.attempts(run.key());
    assertThat(attempts)
        .extracting(AttemptRecord::status)
        .containsExactly(RunStatus.FAILED, RunStatus.RUNNING);
    assertThat(attempts.getFirst().statusReason()).isEqualTo("EXECUTOR_LOST");
    assertThat(attempts.getLast().definition()).isNull();
  }

  @Test
  void ofManyWhoTakeARunOverOneGetsIt() throws Exception {
    RunRecord run = started("r1", executor);

    List<Optional<StartAnswer>> answers =
        Together.call(8, i -> store.begin(attempt(run, AttemptReason.RECOVERY, "ex-" + i, null)));
    assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(now(run).recoveries()).isEqualTo(1);
    assertThat(store.attempts(run.key())).hasSize(2);
  }

  @Test
  void aRetryStartsTheRunAnewAndKeepsItsHistory() {
    RunRecord failed = failed("r1");
    NewAttempt retry =
        new NewAttempt(
            failed,
            AttemptReason.RETRY,
            "me",
            "steps: [mended]",
            null,
            Json.object().put("region", "ams3"),
            null,
            key("retry"));

    RunRecord run = begun(retry);
    assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
    assertThat(run.attempt()).isEqualTo(2);
    assertThat(run.reason()).isNull();
    assertThat(run.endedAt()).isNull();
    assertThat(run.recoveries()).isZero();
    assertThat(run.definition()).isEqualTo("steps: [mended]");
    assertThat(run.definitionFile()).isEqualTo("workflow.yaml");
    assertThat(run.inputs().path("region").asText()).isEqualTo("ams3");
    List<AttemptRecord> attempts = store.attempts(run.key());
    assertThat(attempts.getFirst().status()).isEqualTo(RunStatus.FAILED);
    assertThat(attempts.getFirst().definition()).isEqualTo("steps: []");
    assertThat(attempts.getLast().requestId()).isEqualTo("retry");
    assertThat(attempts.getLast().requester()).isEqualTo("me");

    assertThat(store.begin(retry)).get().isInstanceOf(StartAnswer.Known.class);
  }

  @Test
  void aRefusedRetryGivesItsKeyBack() {
    RunRecord read = failed("r1");
    begun(attempt(read, AttemptReason.RETRY, null, null));

    assertThat(store.begin(attempt(read, AttemptReason.RETRY, null, key("k")))).isEmpty();
    StartAnswer again = store.start(newRun("r2", null, key("k")));
    assertThat(again).isInstanceOf(StartAnswer.Started.class);
  }

  @Test
  void anAbandonedRunFailsOnlyAsItWasRead() {
    RunRecord run = started("r1", executor);
    assertThat(store.failAbandoned(run, "EXECUTOR_LOST", "gone")).isTrue();
    assertThat(now(run).status()).isEqualTo(RunStatus.FAILED);
    assertThat(now(run).reason()).isEqualTo("EXECUTOR_LOST");
    assertThat(store.attempts(run.key()).getFirst().endedAt()).isNotNull();
    assertThat(store.failAbandoned(run, "EXECUTOR_LOST", "gone")).isFalse();
  }

  @Test
  void aQueuedRunIsCancelledAtOnce() {
    RunRecord run = started("r1", null);
    RunRecord cancelled = store.requestCancel(run.key(), "not needed").orElseThrow();

    assertThat(cancelled.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(cancelled.message()).isEqualTo("not needed");
    assertThat(cancelled.endedAt()).isNotNull();
    assertThat(store.attempts(run.key()).getFirst().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(drain()).noneMatch(each -> each.key().equals(run.key()));
  }

  @Test
  void aRunningRunsOwnerIsAskedToCancelIt() throws Exception {
    RunRecord run = started("r1", executor);
    assertThat(store.withNews(executor)).isEmpty();
    RunRecord asked = store.requestCancel(run.key(), "not needed").orElseThrow();

    assertThat(asked.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(asked.cancelRequestedAt()).isNotNull();
    assertThat(store.withNews(executor)).extracting(RunRecord::key).containsExactly(run.key());
    assertThat(store.requestCancel(run.key(), "again")).contains(asked);
    store.record(
        run.key(),
        1,
        RunChange.end(List.of(), new RunChange.End(RunStatus.CANCELLED, "CANCELLED", null, null)));
    assertThat(now(run).message()).isEqualTo("not needed");
    assertThat(store.withNews(executor)).isEmpty();
    assertThat(store.requestCancel(run.key(), "late")).contains(now(run));
  }

  @Test
  void aCancelOutlivesTheExecutorThatWasAskedAndNotTheNextRetry() {
    RunRecord run = started("r1", executor);
    RunRecord asked = store.requestCancel(run.key(), "not needed").orElseThrow();
    RunRecord recovered = begun(attempt(asked, AttemptReason.RECOVERY, "ex-2", null));
    assertThat(recovered.cancelRequestedAt()).isEqualTo(asked.cancelRequestedAt());

    assertThat(store.failAbandoned(recovered, "X", "x")).isTrue();
    RunRecord retried = begun(attempt(now(run), AttemptReason.RETRY, null, null));
    assertThat(retried.cancelRequestedAt()).isNull();
  }

  private RunRecord failed(String id) {
    RunRecord run = started(id, executor);
    assertThat(store.failAbandoned(run, "STEP_FAILED", "a failed")).isTrue();
    return now(run);
  }

  private static NewAttempt attempt(
      RunRecord read, AttemptReason reason, @Nullable String by, @Nullable Idempotency key) {
    return new NewAttempt(read, reason, "someone", null, null, null, by, key);
  }

  private static RunRecord begun(NewAttempt attempt) {
    StartAnswer answer = store.begin(attempt).orElseThrow();
    assertThat(answer).isInstanceOf(StartAnswer.Started.class);
    return ((StartAnswer.Started) answer).run();
  }

  private static boolean abandoned(RunRecord run) {
    return store.abandoned(SILENCE, 1000).stream().anyMatch(each -> each.key().equals(run.key()));
  }

  /** Takes what other tests have left in the queue. */
  private static List<RunRecord> drain() {
    return store.claimQueued("drain", 1000);
  }
}
