package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.postgres.TestDatabase;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the runs of an executor that vanishes. */
@SuppressWarnings("NullAway.Init")
class RecoveryTest {
  private final World world = new World();
  private TestDatabase database;
  private TestExecutor first;
  private TestExecutor second;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    first = TestExecutor.start(database, world);
  }

  @AfterEach
  void close() {
    if (second != null) {
      second.close();
    }
    first.close();
    database.close();
  }

  private static String flow(String recovery) {
    return Flow.spec(
        "recovery: " + recovery,
        """
        - {id: done, method: act}
        - {id: asked, method: create, if: "${{ data('test/thing', 'asked') == null }}"}
        - {id: slow, method: act, dependsOn: [done, asked]}
        - {id: after, method: act, dependsOn: [slow]}
        """);
  }

  /** The first executor is in the middle of a run when nobody hears of it any more. */
  private RunKey abandoned(String recovery) throws InterruptedException {
    World.Gate gate = world.gate("slow");
    RunKey run = first.start(flow(recovery));
    gate.awaitReached();
    world.noGate("slow");
    first.silence();
    return run;
  }

  private RunRecord takenOver(RunKey run) throws InterruptedException {
    second = TestExecutor.start(database, world);
    return second.end(run);
  }

  private List<String> attempts(RunKey run) {
    return second.server.readRuns().find(run).attempts().stream()
        .map(a -> a.reason() + " " + a.status() + " " + a.statusReason())
        .toList();
  }

  @Test
  void idempotentGoesOnWithWhatWasInterrupted() throws Exception {
    RunKey run = abandoned("{strategy: idempotent}");
    RunRecord end = takenOver(run);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(end.recoveries()).isEqualTo(1);
    assertThat(world.times("done")).isEqualTo(1);
    assertThat(second.steps(run)).containsEntry("asked", "CREATED");
    assertThat(world.times("slow")).isEqualTo(2);
    assertThat(attempts(run))
        .containsExactly("START FAILED EXECUTOR_LOST", "RECOVERY SUCCEEDED null");
    assertLost(run, "slow");
  }

  /** Nothing is left RUNNING in an attempt that has ended, and watchers are told. */
  private void assertLost(RunKey run, String stepId) {
    List<StepRecord> first = second.runs.steps(run).stream().filter(s -> s.attempt() == 1).toList();
    assertThat(first).allMatch(s -> s.status().hasEnded() && s.endedAt() != null);
    assertThat(first)
        .filteredOn(s -> s.key().stepId().equals(stepId))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.status()).isEqualTo(StepStatus.CANCELLED);
              assertThat(s.error()).extracting(StepError::reason).isEqualTo("EXECUTOR_LOST");
            });
    List<RunEvent> events = second.runs.events(run, 0, 1000);
    assertThat(events)
        .extracting(RunEvent::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(events)
        .anySatisfy(
            e ->
                assertThat(e.step())
                    .isNotNull()
                    .satisfies(
                        s -> {
                          assertThat(s.key().stepId()).isEqualTo(stepId);
                          assertThat(s.status()).isEqualTo(StepStatus.CANCELLED);
                          assertThat(s.attempt()).isEqualTo(1);
                        }));
  }

  @Test
  void childrenOfARunThatMayNotBeRecoveredAreCancelled() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey run =
        first.start(
            Flow.steps(
                """
                - {id: slow, method: act}
                - name: child
                  id: child
                  model: core/workflow
                  method: run
                  with:
                    workflow:
                      apiVersion: pawl.dev/v1
                      kind: Workflow
                      metadata: {name: inside}
                      spec:
                        steps:
                          - {name: ask, id: ask, model: core/approval, method: request, with: {prompt: "ok"}}
                """));
    gate.awaitReached();
    world.noGate("slow");
    first.until(run, e -> e.step() != null && e.step().status() == StepStatus.WAITING);
    RunKey child = first.runs.children(run).getFirst().key();
    first.until(child, e -> e.run() != null && e.run().status() == RunStatus.WAITING);
    first.silence();
    assertThat(takenOver(run).reason()).isEqualTo("EXECUTOR_LOST");
    assertLost(run, "child");
    assertThat(second.end(child).status()).isEqualTo(RunStatus.CANCELLED);

    second.server.retryRun().run(second.again(run, Json.object()));
    second.until(
        child,
        e -> e.run() != null && e.run().attempt() == 2 && e.run().status() == RunStatus.WAITING);
  }

  @Test
  void restartRunsEverythingAgain() throws Exception {
    RunKey run = abandoned("{strategy: restart}");
    assertThat(takenOver(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("done")).isEqualTo(2);
    assertThat(world.times("slow")).isEqualTo(2);
    assertThat(world.times("after")).isEqualTo(1);
  }

  @Test
  void noneFailsTheRun() throws Exception {
    RunKey run = abandoned("{strategy: none}");
    RunRecord end = takenOver(run);
    assertThat(end.status()).isEqualTo(RunStatus.FAILED);
    assertThat(end.reason()).isEqualTo("EXECUTOR_LOST");
    assertLost(run, "slow");
    assertThat(second.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("done")).isEqualTo(1);
  }

  @Test
  void aRunThatKeepsKillingItsExecutorsIsGivenUp() throws Exception {
    RunKey run = abandoned("{strategy: idempotent, maxRecoveries: 0}");
    RunRecord end = takenOver(run);
    assertThat(end.status()).isEqualTo(RunStatus.FAILED);
    assertThat(end.reason()).isEqualTo("CRASH_LOOP");
  }

  @Test
  void aStaleOwnerWritesNothingMoreAndItsStepsAreInterrupted() throws Exception {
    World.Gate left = world.gate("left");
    World.Gate right = world.gate("right");
    RunKey run =
        first.start(
            Flow.spec(
                "recovery: {strategy: idempotent}",
                """
                - {id: left, method: act}
                - {id: right, method: act}
                """));
    left.awaitReached();
    right.awaitReached();
    world.noGate("left");
    world.noGate("right");
    first.silence();
    // Taken for dead before it can know.
    database.store().executors().remove(first.id);
    RunRecord end = takenOver(run);
    long told = end.eventSequence();

    left.open();
    right.awaitInterrupted();
    assertThat(first.server.engine().activeRuns()).isLessThanOrEqualTo(1);
    RunRecord after = second.runs.find(run).orElseThrow();
    assertThat(after.eventSequence()).isEqualTo(told);
    assertThat(second.runs.steps(run).stream().filter(s -> s.attempt() == 1))
        .allMatch(s -> s.status() == StepStatus.CANCELLED);
  }

  @Test
  void anExecutorThatWasTakenForDeadComesBack() throws Exception {
    RunKey run = abandoned("{strategy: idempotent}");
    assertThat(takenOver(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    first.speak();
    second.close();
    RunRecord next = first.run(Flow.steps("- {id: next, method: act}"));
    assertThat(next.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("next")).isEqualTo(1);
  }

  @Test
  void anExecutorThatComesBackRecoversItsOwnRuns() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey run = first.start(flow("{strategy: idempotent}"));
    gate.awaitReached();
    world.noGate("slow");
    first.silence();
    gate.awaitInterrupted();
    first.speak();
    assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("done")).isEqualTo(1);
    assertThat(world.times("slow")).isEqualTo(2);
  }

  @Test
  void closingHandsRunsOverAtOnce() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey run = first.start(flow("{strategy: idempotent}"));
    gate.awaitReached();
    world.noGate("slow");
    second = TestExecutor.start(database, world);
    first.close();
    gate.awaitInterrupted();
    assertThat(second.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(
            second.runs.steps(run).stream()
                .map(s -> s.attempt() + " " + s.key() + " " + s.status()))
        .containsExactly(
            "1 done SUCCEEDED",
            "1 asked SUCCEEDED",
            "1 slow CANCELLED",
            "2 slow SUCCEEDED",
            "2 after SUCCEEDED");
  }

  @Test
  void drainingLetsStepsEndAndLeavesTheirRunsToOthers() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey run = first.start(flow("{strategy: none}"));
    gate.awaitReached();
    Thread drain =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    first.server.engine().drain(java.time.Duration.ofSeconds(20));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    // Once it takes no more runs, it begins no more steps either.
    RunKey queued = first.start(Flow.steps("- {id: later, method: act}"));
    while (first.runs.find(queued).orElseThrow().status() != RunStatus.QUEUED) {
      queued = first.start(Flow.steps("- {id: later, method: act}"));
    }
    gate.open();
    drain.join();
    RunRecord left = first.runs.find(run).orElseThrow();
    assertThat(left.status()).isEqualTo(RunStatus.WAITING);
    assertThat(left.executorId()).isNull();
    assertThat(first.steps(run)).containsEntry("slow", "EXECUTED").doesNotContainKey("after");
    first.close();
    second = TestExecutor.start(database, world);
    assertThat(second.end(queued).status()).isEqualTo(RunStatus.SUCCEEDED);
    RunRecord end = second.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(end.attempt()).isEqualTo(1);
    assertThat(world.times("slow")).isEqualTo(1);
  }

  @Test
  void aRecoveredRetryDoesNotKeepWhatTheRetryHadMended() throws Exception {
    String flow =
        Flow.spec(
            "recovery: {strategy: idempotent}\ninputs: {x: {type: integer, default: 1}}",
            """
            - {id: slow, method: act}
            - {id: x, method: act, with: {x: "${{ inputs.x }}"}, dependsOn: [slow]}
            - {id: bad, method: act, dependsOn: [x], recovery: {dependsOn: [slow]}}
            """);
    world.failNext("bad", World.refused("no"));
    RunKey run = first.run(flow).key();
    World.Gate gate = world.gate("slow");
    first.server.retryRun().run(first.again(run, Json.object().put("x", 2)));
    gate.awaitReached();
    world.noGate("slow");
    first.silence();
    assertThat(takenOver(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(second.step(run, "x").output()).isEqualTo(Json.parse("{\"x\":2}"));
  }
}
