package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Retries inside an attempt, timeouts and cancellation. */
class StopRunsTest extends EngineTest {
  private static final String RETRY =
      "retry: {limit: 2, backoff: {initial: 1ms}, on: [UNAVAILABLE, UNREACHABLE, DEADLINE]}";

  @Test
  void triesAgainUpToItsLimit() throws Exception {
    world.failNext("a", World.unreachable(), World.unreachable());
    world.failNext("b", World.unreachable(), World.unreachable(), World.unreachable());
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - {id: a, method: act, RETRY}
                - {id: b, method: act, RETRY}
                """
                    .replace("RETRY", RETRY)));
    assertThat(executor.steps(run.key()))
        .containsEntry("a", "EXECUTED")
        .containsEntry("b", "FAILED");
    assertThat(executor.step(run.key(), "a").tries()).isEqualTo(3);
    assertThat(world.times("b")).isEqualTo(3);
  }

  @Test
  void triesAgainOnlyForTheReasonsThatItsFileNames() throws Exception {
    world.failNext("a", World.refused("no"));
    RunRecord run =
        executor.run(Flow.steps("- {id: a, method: act, RETRY}".replace("RETRY", RETRY)));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(world.times("a")).isEqualTo(1);
  }

  @Test
  void anActionWhoseEffectIsNotKnownIsNotTriedAgain() throws Exception {
    world.failNext("act", World.unavailable());
    world.failNext("make", World.unavailable());
    world.failNext("read", World.unavailable());
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - {id: act, method: act, RETRY}
                - {id: make, method: make, RETRY}
                - {id: read, method: read, RETRY}
                """
                    .replace("RETRY", RETRY)));
    assertThat(executor.steps(run.key()))
        .containsEntry("act", "FAILED")
        .containsEntry("make", "FAILED")
        .containsEntry("read", "EXECUTED");
    assertThat(world.times("act")).isEqualTo(1);
    assertThat(world.times("make")).isEqualTo(1);
    assertThat(world.times("read")).isEqualTo(2);
  }

  @Test
  void aStepThatTakesTooLongFailsWithItsDeadline() throws Exception {
    World.Gate gate = world.gate("slow");
    RunRecord run = executor.run(Flow.steps("- {id: slow, method: act, timeout: 50ms}"));
    gate.awaitInterrupted();
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    StepError error = Objects.requireNonNull(executor.step(run.key(), "slow").error());
    assertThat(error.reason()).isEqualTo("DEADLINE");
    assertThat(error.code()).isEqualTo("DEADLINE_EXCEEDED");
  }

  @Test
  void aReadThatTookTooLongIsTriedAgainIfItsFileSaysSo() throws Exception {
    world.gate("slow");
    RunKey run =
        executor.start(
            Flow.steps(
                "- {id: slow, method: read, timeout: 300ms, RETRY}".replace("RETRY", RETRY)));
    executor.until(run, e -> e.step() != null && e.step().tries() == 2);
    world.noGate("slow");
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void aRunThatTakesTooLongTimesOut() throws Exception {
    world.gate("slow");
    RunRecord run =
        executor.run(
            Flow.spec(
                "timeout: 100ms",
                """
                - {id: slow, method: act}
                - {id: after, method: act, dependsOn: [slow]}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(run.reason()).isEqualTo("DEADLINE");
    assertThat(executor.steps(run.key()))
        .containsEntry("slow", "CANCELLED")
        .containsEntry("after", "NOT_RUN");
  }

  @Test
  void cancellingInterruptsWhatRuns() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey run =
        executor.start(
            Flow.steps(
                """
                - {id: slow, method: act}
                - {id: after, method: act, dependsOn: [slow]}
                """));
    gate.awaitReached();
    executor.server.cancelRun().run(run, "no longer wanted", null);
    gate.awaitInterrupted();
    RunRecord end = executor.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(end.message()).isEqualTo("no longer wanted");
    assertThat(executor.steps(run))
        .containsEntry("slow", "CANCELLED")
        .containsEntry("after", "NOT_RUN");

    world.noGate("slow");
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void cancellingStopsAPauseBetweenTries() throws Exception {
    world.failNext("a", World.unreachable());
    RunKey run =
        executor.start(
            Flow.steps(
                "- {id: a, method: act, retry: {limit: 1, backoff: {initial: 1h, max: 1h}}}"));
    executor.until(run, e -> e.step() != null && !e.step().waitingFor().isEmpty());
    executor.server.cancelRun().run(run, "", null);
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(world.times("a")).isEqualTo(1);
  }

  @Test
  void aRunThatHasEndedCannotBeCancelled() throws Exception {
    RunRecord run = executor.run(Flow.steps("- {id: a, method: act}"));
    assertThatThrownBy(() -> executor.server.cancelRun().run(run.key(), "", null))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("RUN_ENDED"));
  }

  @Test
  void anInterruptThatNobodyAskedForFailsTheStep() throws Exception {
    world.interruptAt("a");
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - {id: a, method: act}
                - {id: b, method: act, dependsOn: [a]}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(executor.steps(run.key()))
        .containsEntry("a", "FAILED")
        .containsEntry("b", "NOT_RUN");
  }

  @Test
  void manyIterationsThatNeverBeganAreToldInOneWrite() throws Exception {
    World.Gate gate = world.gate("item");
    RunKey run =
        executor.start(
            Flow.steps(
                """
                - id: each
                  method: act
                  forEach: {in: [1, 2, 3, 4], concurrency: 1}
                  instance: "${{ each.value }}"
                  with: {as: item}
                """));
    gate.awaitReached();
    executor.server.cancelRun().run(run, "", null);
    executor.end(run);
    assertThat(executor.steps(run).values())
        .containsExactly("CANCELLED", "NOT_RUN", "NOT_RUN", "NOT_RUN");
  }
}
