package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.ParentStep;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs whose steps are runs. */
@SuppressWarnings("NullAway.Init")
class ChildRunsTest {
  /** Its child's step is {@code inner} and may be at a gate of that name. */
  private static final String PARENT =
      Flow.spec(
          "recovery: {strategy: idempotent}\ninputs: {x: {type: integer, default: 1}}",
          """
          - {id: before, method: act}
          - name: child
            id: child
            model: core/workflow
            method: run
            dependsOn: [before]
            with:
              inputs: {x: "${{ inputs.x }}"}
              workflow:
                apiVersion: pawl.dev/v1
                kind: Workflow
                metadata: {name: inside}
                spec:
                  recovery: {strategy: idempotent}
                  inputs: {x: {type: integer}}
                  steps:
                    - {id: first, instance: first, model: test/thing, method: act}
                    - {id: inner, instance: inner, model: test/thing, method: act, dependsOn: [first], with: {x: "${{ inputs.x }}"}}
                  outputs: {got: "${{ steps.inner.output.x }}"}
          - {id: after, method: act, with: {got: "${{ steps.child.output.got }}"}}
          """);

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

  private static List<RunRecord> children(TestExecutor at, RunKey parent) {
    return at.runs.list(new RunQuery("default", null, 100, Set.of(), null)).stream()
        .filter(r -> parent.equals(r.parentRun()))
        .toList();
  }

  private RunRecord child(RunKey parent) {
    List<RunRecord> children = children(executor, parent);
    assertThat(children).hasSize(1);
    return children.get(0);
  }

  @Test
  void theChildsOutputsAreTheStepsOutput() throws Exception {
    World.Gate gate = world.gate("inner");
    RunKey run = executor.start(PARENT, Json.object().put("x", 7));
    gate.awaitReached();
    executor.until(run, e -> e.run() != null && e.run().status() == RunStatus.WAITING);
    RunRecord child = child(run);
    assertThat(child.parent()).isEqualTo(new ParentStep(run.runId(), StepKey.of("child")));
    assertThat(child.depth()).isEqualTo(1);
    assertThat(executor.step(run, "child").waitingFor()).contains(child.key().runId());
    gate.open();

    assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(executor.step(run, "after").output()).isEqualTo(Json.object().put("got", 7));
    assertThat(executor.end(child.key()).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.done()).containsExactly("before", "first", "inner", "after");
  }

  @Test
  void aFailedChildFailsTheStepAndARetryGoesOnWithIt() throws Exception {
    world.failNext("inner", World.refused("no such size"));
    RunRecord failed = executor.run(PARENT);
    RunKey run = failed.key();
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    RunRecord child = child(run);
    StepError error = Objects.requireNonNull(executor.step(run, "child").error());
    assertThat(error.reason()).isEqualTo("STEP_FAILED");
    assertThat(error.message()).contains(child.key().runId(), "no such size");

    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(child(run).attempt()).isEqualTo(2);
    assertThat(executor.runs.attempts(child.key()).get(1).reason()).isEqualTo(AttemptReason.RETRY);
    assertThat(world.times("before")).isEqualTo(1);
    assertThat(world.times("first")).isEqualTo(1);
    assertThat(world.times("inner")).isEqualTo(2);
  }

  @Test
  void aRetryWithOtherInputsIsAnotherChild() throws Exception {
    world.failNext("inner", World.refused("no such size"));
    RunKey run = executor.run(PARENT).key();
    assertThat(executor.retry(run, Json.object().put("x", 2)).status())
        .isEqualTo(RunStatus.SUCCEEDED);
    assertThat(children(executor, run))
        .extracting(RunRecord::status)
        .containsExactly(RunStatus.SUCCEEDED, RunStatus.FAILED);
    assertThat(world.times("first")).isEqualTo(2);
  }

  @Test
  void aChildThatWasMendedByHandIsTakenAsItIs() throws Exception {
    world.failNext("inner", World.refused("no such size"));
    RunKey run = executor.run(PARENT).key();
    RunKey child = child(run).key();
    assertThat(executor.retry(child).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(child(run).attempt()).isEqualTo(2);
    assertThat(world.times("inner")).isEqualTo(2);
  }

  @Test
  void cancellingTheParentEndsTheChildFirst() throws Exception {
    World.Gate gate = world.gate("inner");
    RunKey run = executor.start(PARENT);
    gate.awaitReached();
    executor.server.cancelRun().run(run, "not wanted", null);
    gate.awaitInterrupted();
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(child(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(executor.steps(run))
        .containsEntry("child", "CANCELLED")
        .containsEntry("after", "NOT_RUN");

    world.noGate("inner");
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(child(run).attempt()).isEqualTo(2);
    assertThat(world.times("first")).isEqualTo(1);
  }

  @Test
  void aChildThatTakesTooLongIsEnded() throws Exception {
    World.Gate gate = world.gate("inner");
    RunKey run =
        executor.start(
            PARENT.replace("dependsOn: [before]", "dependsOn: [before]\n      timeout: 1h"));
    gate.awaitReached();
    executor.until(run, e -> e.run() != null && e.run().status() == RunStatus.WAITING);
    database.timePasses(Duration.ofMinutes(61));
    gate.awaitInterrupted();
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.FAILED);
    assertThat(Objects.requireNonNull(executor.step(run, "child").error()).reason())
        .isEqualTo("DEADLINE");
    assertThat(child(run).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void whatCannotBeAWorkflowFailsTheStep() throws Exception {
    RunRecord run =
        executor.run(
            Flow.spec(
                "inputs: {text: {type: string, default: 'kind: Nothing'}}",
                """
                - {name: child, id: child, model: core/workflow, method: run, with: {workflow: "${{ inputs.text }}"}}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(Objects.requireNonNull(executor.step(run.key(), "child").error()).reason())
        .isEqualTo("INVALID_WORKFLOW");
  }

  @Test
  void workflowsMayNotStandInsideEachOtherWithoutEnd() throws Exception {
    String endless =
        Flow.spec(
            "inputs: {text: {type: string}}",
            """
            - name: child
              id: child
              model: core/workflow
              method: run
              with: {workflow: "${{ inputs.text }}", inputs: {text: "${{ inputs.text }}"}}
            """);
    RunKey run = executor.start(endless, Json.object().put("text", endless));
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.FAILED);
    List<RunRecord> all = executor.runs.list(new RunQuery("default", null, 100, Set.of(), null));
    assertThat(all).hasSize(10).extracting(RunRecord::status).containsOnly(RunStatus.FAILED);
    assertThat(all.get(0).message()).contains("10th workflow one inside the other");
  }

  @Test
  void aRecoveredParentGoesOnWithTheLivingChild() throws Exception {
    executor.close();
    executor = TestExecutor.start(database, world);
    World.Gate inner = world.gate("inner");
    World.Gate slow = world.gate("slow");
    RunKey run =
        executor.start(
            PARENT + "    - {id: slow, instance: slow, model: test/thing, method: act}\n");
    inner.awaitReached();
    slow.awaitReached();
    world.noGate("slow");
    world.noGate("inner");
    executor.silence();
    try (TestExecutor second = TestExecutor.start(database, world)) {
      RunRecord end = second.end(run);
      assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(end.attempt()).isEqualTo(2);
      assertThat(children(second, run)).hasSize(1);
      assertThat(world.times("first")).isEqualTo(1);
      assertThat(world.times("before")).isEqualTo(1);
    }
  }
}
