package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Steps that run whatever became of the others. */
class CleanupTest extends EngineTest {
  private static final String STEPS =
      """
      - {id: slow, method: act}
      - {id: after, method: act, dependsOn: [slow]}
      - {id: clean, method: act, always: true, dependsOn: [slow, after]}
      """;

  @Override
  TestExecutor begin() {
    return TestExecutor.patient(database, world);
  }

  @Test
  void cleanupRunsAfterACancel() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey run = executor.start(Flow.steps(STEPS));
    gate.awaitReached();
    executor.server.cancelRun().run(run, "", null);
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(executor.steps(run))
        .containsEntry("slow", "CANCELLED")
        .containsEntry("after", "NOT_RUN")
        .containsEntry("clean", "EXECUTED");
  }

  @Test
  void cleanupRunsAfterTheRunsTimeout() throws Exception {
    world.gate("slow");
    RunRecord run = executor.run(Flow.spec("timeout: 100ms", STEPS));
    assertThat(run.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(executor.steps(run.key())).containsEntry("clean", "EXECUTED");
  }

  @Test
  void cleanupRunsAfterAFailFast() throws Exception {
    world.gate("slow");
    world.failNext("bad", World.refused("no"));
    RunRecord run = executor.run(Flow.spec("failFast: true", STEPS + "- {id: bad, method: act}\n"));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(executor.steps(run.key()))
        .containsEntry("slow", "CANCELLED")
        .containsEntry("clean", "EXECUTED");
  }

  @Test
  void aCancelDoesNotCutCleanupOffAndASecondOneDoes() throws Exception {
    World.Gate slow = world.gate("slow");
    World.Gate clean = world.gate("clean");
    RunKey run = executor.start(Flow.steps(STEPS));
    slow.awaitReached();
    executor.server.cancelRun().run(run, "first", null);
    clean.awaitReached();
    database.timePasses(Duration.ofSeconds(2));
    executor.server.cancelRun().run(run, "second", null);
    clean.awaitInterrupted();
    RunRecord end = executor.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(end.message()).isEqualTo("first");
    assertThat(executor.steps(run)).containsEntry("clean", "CANCELLED");
  }

  @Test
  void cleanupMayWaitToo() throws Exception {
    World.Gate slow = world.gate("slow");
    RunKey run =
        executor.start(
            Flow.steps(
                """
                - {id: slow, method: act}
                - {name: nap, id: nap, model: core/wait, method: sleep, always: true, dependsOn: [slow], with: {duration: 1h}}
                """));
    slow.awaitReached();
    executor.server.cancelRun().run(run, "", null);
    executor.until(run, e -> e.run() != null && e.run().status() == RunStatus.WAITING);
    database.timePasses(Duration.ofMinutes(61));
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(executor.steps(run)).containsEntry("nap", "EXECUTED");
  }

  @Test
  void cleanupWithoutATimeoutOfItsOwnIsLimitedOnceTheRunStops() throws Exception {
    Timers timers = new Timers();
    StopSignal signal = new StopSignal();
    CountDownLatch late = new CountDownLatch(1);
    try (CleanupLimit limit =
        new CleanupLimit(timers, Duration.ofMillis(1), late::countDown).from(signal)) {
      assertThat(timers.waiting()).isZero();
      signal.stop(StopSignal.Cause.CANCELLED);
      assertThat(late.await(30, TimeUnit.SECONDS)).isTrue();
    }
    new CleanupLimit(timers, Duration.ofHours(1), late::countDown).from(signal).close();
    assertThat(timers.waiting()).isZero();
  }
}
