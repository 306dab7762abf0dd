package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Json;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.Waiting.Decision;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What starts afresh with each attempt, and what all attempts have together. */
@SuppressWarnings("NullAway.Init")
class TimesPerAttemptTest {
  private static final String ASK =
      "- {name: ask, id: ask, model: core/approval, method: request, with: {prompt: \"?\"}}";

  private final World world = new World();
  private TestDatabase database;
  private TestExecutor executor;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    executor = TestExecutor.patient(database, world);
  }

  @AfterEach
  void close() {
    executor.close();
    database.close();
  }

  private void putDown(RunKey run, int attempt) throws InterruptedException {
    executor.until(
        run,
        e ->
            e.run() != null
                && e.run().attempt() == attempt
                && e.run().status() == RunStatus.WAITING);
  }

  private static RetryRun.Command retry(RunKey run, @Nullable String definition) {
    return new RetryRun.Command(
        run, null, definition, "test.yaml", Json.object(), null, List.of(), false, null, "tester");
  }

  private void retryUntilItWaits(RunKey run, int attempt) throws InterruptedException {
    executor.server.retryRun().run(retry(run, null));
    putDown(run, attempt);
  }

  private RunRecord timedOut(RunKey run) throws InterruptedException {
    RunRecord end = executor.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(end.reason()).isEqualTo("DEADLINE");
    return end;
  }

  @Test
  void theTimeOfAllAttemptsIsOverForGoodUnlessItIsRaised() throws Exception {
    RunKey run = executor.start(Flow.spec("totalTimeout: 1h", ASK));
    putDown(run, 1);
    database.timePasses(Duration.ofMinutes(61));
    assertThat(timedOut(run).message()).contains("totalTimeout of PT1H");

    assertThatThrownBy(() -> executor.server.retryRun().run(retry(run, null)))
        .isInstanceOfSatisfying(
            ServerFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("TOTAL_TIMEOUT_PASSED");
              assertThat(e.getMessage()).contains(run.runId(), "PT1H", "spec.totalTimeout");
            });
    assertThatThrownBy(() -> executor.server.planRetry().run(retry(run, null)))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("TOTAL_TIMEOUT_PASSED"));
    assertThat(executor.runs.attempts(run)).hasSize(1);

    executor.server.retryRun().run(retry(run, Flow.spec("totalTimeout: 3h", ASK)));
    putDown(run, 2);
    executor
        .server
        .decideApproval()
        .run(new Decide(run, StepKey.of("ask"), Decision.APPROVED, "ann", ""));
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void eachAttemptHasItsWholeTimeoutAsLongAsTheTotalIsNotOver() throws Exception {
    RunKey run = executor.start(Flow.spec("timeout: 1h\ntotalTimeout: 3h", ASK));
    putDown(run, 1);
    database.timePasses(Duration.ofMinutes(61));
    assertThat(timedOut(run).message()).contains("its timeout of PT1H");
    retryUntilItWaits(run, 2);
    database.timePasses(Duration.ofMinutes(50));
    assertThat(executor.runs.claimWoken("nobody", 10)).isEmpty();
    database.timePasses(Duration.ofMinutes(11));
    assertThat(timedOut(run).message()).contains("its timeout of PT1H");
    retryUntilItWaits(run, 3);
    database.timePasses(Duration.ofMinutes(59));
    assertThat(timedOut(run).message()).contains("totalTimeout of PT3H");
  }

  @Test
  void aStepThatRunsIsInterruptedWhenTheTotalIsOver() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey run =
        executor.start(Flow.spec("timeout: 1h\ntotalTimeout: 300ms", "- {id: slow, method: act}"));
    gate.awaitInterrupted();
    assertThat(timedOut(run).message()).contains("totalTimeout");
    assertThat(executor.steps(run)).containsEntry("slow", "CANCELLED");
  }

  @Test
  void aStepsTimeoutCountsAfresh() throws Exception {
    RunKey run = executor.start(Flow.steps(ASK.replace("id: ask", "id: ask, timeout: 1h")));
    putDown(run, 1);
    database.timePasses(Duration.ofMinutes(61));
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.FAILED);
    retryUntilItWaits(run, 2);
    database.timePasses(Duration.ofMinutes(50));
    assertThat(executor.runs.claimWoken("nobody", 10)).isEmpty();
    database.timePasses(Duration.ofMinutes(11));
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void aStepsTriesCountAfresh() throws Exception {
    world.failNext("a", World.unreachable(), World.unreachable(), World.unreachable());
    RunRecord run =
        executor.run(
            Flow.steps(
                "- {id: a, method: act, retry: {limit: 1, on: [UNREACHABLE], backoff: {initial:"
                    + " 1ms}}}"));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(world.times("a")).isEqualTo(2);
    assertThat(executor.retry(run.key()).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("a")).isEqualTo(4);
    assertThat(executor.step(run.key(), "a").tries()).isEqualTo(2);
  }
}
