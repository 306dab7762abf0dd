package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The order in which a run's steps run, and what becomes of them. */
class RunStepsTest extends EngineTest {
  @Test
  void runsEachStepAfterThoseItDependsOn() throws Exception {
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - {id: d, method: act, dependsOn: [b, c]}
                - {id: c, method: act, with: {v: "${{ steps.a.output.x }}"}}
                - {id: b, method: act, dependsOn: [a]}
                - {id: a, method: act, with: {x: 7}}
                """));

    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.done()).startsWith("a").endsWith("d").hasSize(4);
    assertThat(executor.step(run.key(), "c").output()).isEqualTo(Json.parse("{\"v\":7}"));
    assertThat(executor.steps(run.key())).containsOnlyKeys("d", "c", "b", "a");
  }

  @Test
  void runsIndependentStepsAtTheSameTime() throws Exception {
    World.Gate left = world.gate("left");
    World.Gate right = world.gate("right");
    RunKey run =
        executor.start(
            Flow.steps(
                """
                - {id: left, method: act}
                - {id: right, method: act}
                """));
    left.awaitReached();
    right.awaitReached();
    left.open();
    right.open();
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void anOutputIsLimitedByItsBytes() throws Exception {
    String text = "é".repeat(600_000);
    Script script = new Script();
    script.on(
        "large",
        (arguments, context) ->
            MethodResult.of(TextNode.valueOf(text.substring(1)), Outcome.EXECUTED));
    script.on(
        "half",
        (arguments, context) ->
            MethodResult.of(TextNode.valueOf(text.substring(300_000)), Outcome.EXECUTED));
    try (TestExecutor other = TestExecutor.start(database, script.models(), 100)) {
      RunRecord large =
          other.end(other.claimed(Flow.steps("- {id: large, method: act}")).run().key());
      assertThat(other.step(large.key(), "large").error())
          .extracting(StepError::reason, StepError::message)
          .containsExactly(
              "LIMIT_EXCEEDED",
              "the output of test/thing act of large has 1200000 bytes as JSON; the limit is"
                  + " 1048576 (1 MiB); keep it in the workspace and return its path, or return"
                  + " less");

      RunRecord together =
          other.end(
              other
                  .claimed(
                      Flow.spec(
                          "outputs: {a: \"${{ steps.half.output }}\", b: \"${{ steps.half.output"
                              + " }}\"}",
                          "- {id: half, method: act}"))
                  .run()
                  .key());
      assertThat(together)
          .extracting(RunRecord::status, RunRecord::reason)
          .containsExactly(RunStatus.FAILED, "LIMIT_EXCEEDED");
    }
  }

  @Test
  void aFailureStopsOnlyWhatDependsOnIt() throws Exception {
    world.failNext("bad", World.refused("no such size"));
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - {id: bad, method: act}
                - {id: after, method: act, dependsOn: [bad]}
                - {id: last, method: act, dependsOn: [after]}
                - {id: other, method: act}
                - {id: further, method: act, dependsOn: [other]}
                """));

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.reason()).isEqualTo("STEP_FAILED");
    assertThat(run.message()).contains("step bad", "no such size");
    assertThat(executor.steps(run.key()))
        .isEqualTo(
            Map.of(
                "bad", "FAILED",
                "after", "NOT_RUN",
                "last", "NOT_RUN",
                "other", "EXECUTED",
                "further", "EXECUTED"));
  }

  @Test
  void failFastInterruptsTheOtherBranches() throws Exception {
    World.Gate slow = world.gate("slow");
    world.failNext("bad", World.refused("no"));
    RunKey run =
        executor.start(
            Flow.spec(
                "failFast: true",
                """
                - {id: slow, method: act}
                - {id: pace, method: act}
                - {id: bad, method: act, dependsOn: [pace]}
                - {id: after, method: act, dependsOn: [slow]}
                """));
    slow.awaitInterrupted();
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.FAILED);
    assertThat(executor.steps(run))
        .containsEntry("slow", "CANCELLED")
        .containsEntry("after", "NOT_RUN");
  }

  @Test
  void aFalseConditionSkipsAndLetsDependentsRun() throws Exception {
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - {id: a, method: act, if: "${{ 1 > 2 }}"}
                - id: b
                  instance: b
                  method: act
                  with: {was: "${{ steps.a.output }}", how: "${{ steps.a.outcome }}"}
                """));

    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.done()).containsExactly("b");
    assertThat(executor.steps(run.key())).containsEntry("a", "SKIPPED");
    assertThat(executor.step(run.key(), "b").output())
        .isEqualTo(Json.parse("{\"was\":null,\"how\":\"SKIPPED\"}"));
  }

  @Test
  void continueOnErrorLetsDependentsAndTheRunGoOn() throws Exception {
    world.failNext("bad", World.refused("no"));
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - {id: bad, method: act, continueOnError: true}
                - {id: after, method: act, dependsOn: [bad]}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(executor.steps(run.key())).isEqualTo(Map.of("bad", "FAILED", "after", "EXECUTED"));
  }

  @Test
  void gathersTheOutputsOfAForEachInTheOrderOfItsItems() throws Exception {
    RunRecord run =
        executor.run(
            Flow.spec(
                "outputs: {all: \"${{ steps.each.output }}\"}",
                """
                - id: each
                  method: act
                  forEach: {in: [c, a, b], concurrency: 2}
                  instance: "item-${{ each.value }}"
                  with: {v: "${{ each.value }}", i: "${{ each.index }}"}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.outputs())
        .isEqualTo(
            Json.parse(
                """
                {"all":[{"v":"c","i":0},{"v":"a","i":1},{"v":"b","i":2}]}\
                """));
    assertThat(executor.steps(run.key()).keySet()).containsExactly("each[c]", "each[a]", "each[b]");
    assertThat(world.mostAtOnce("item")).isLessThanOrEqualTo(2);
  }

  @Test
  void runsNoMoreIterationsAtOnceThanAsked() throws Exception {
    World.Gate first = world.gate("item-1");
    World.Gate second = world.gate("item-2");
    World.Gate third = world.gate("item-3");
    RunKey run =
        executor.start(
            Flow.steps(
                """
                - id: each
                  method: act
                  forEach: {in: [1, 2, 3], concurrency: 2}
                  instance: "item-${{ each.value }}"
                """));
    first.awaitReached();
    second.awaitReached();
    assertThat(third.isReached()).isFalse();
    first.open();
    third.awaitReached();
    second.open();
    third.open();
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.mostAtOnce("item")).isEqualTo(2);
  }

  @Test
  void anEmptyForEachSucceedsWithAnEmptyList() throws Exception {
    RunRecord run =
        executor.run(
            Flow.spec(
                "outputs: {all: \"${{ steps.each.output }}\"}",
                """
                - {id: each, method: act, forEach: {in: []}}
                - {id: after, method: act, dependsOn: [each]}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.outputs()).isEqualTo(Json.parse("{\"all\":[]}"));
    assertThat(world.done()).containsExactly("after");
  }

  @Test
  void aRetryRunsOnlyTheIterationsThatFailed() throws Exception {
    world.failNext("b", World.refused("no"));
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - id: each
                  method: act
                  forEach: {in: [a, b, c]}
                  instance: "${{ each.value }}"
                """));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(executor.steps(run.key()))
        .isEqualTo(Map.of("each[a]", "EXECUTED", "each[b]", "FAILED", "each[c]", "EXECUTED"));

    assertThat(executor.retry(run.key()).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.done()).containsExactlyInAnyOrder("a", "b", "c", "b");
  }

  @Test
  void anUnforeseenErrorOfAModelFailsTheStepAndTheRun() throws Exception {
    world.breakAt("bad", new IllegalStateException("a defect"));
    RunRecord run = executor.run(Flow.steps("- {id: bad, method: act}"));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    StepError error = Objects.requireNonNull(executor.step(run.key(), "bad").error());
    assertThat(error.reason()).isEqualTo("MODEL_ERROR");
    assertThat(error.message()).contains("a defect");
  }

  @Test
  void argumentsThatDoNotFitAreRefusedBeforeTheCall() throws Exception {
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - {id: a, method: act, with: {n: many}}
                - {id: b, method: strict, with: {size: "${{ steps.a.output.n }}"}}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    StepError error = Objects.requireNonNull(executor.step(run.key(), "b").error());
    assertThat(error.reason()).isEqualTo("INVALID_ARGUMENTS");
    assertThat(error.violations()).hasSize(1).first().asString().contains("size");
    assertThat(world.done()).containsExactly("a");
  }

  @Test
  void aStepWithoutAValueForItsExpressionFails() throws Exception {
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - {id: a, method: act}
                - {id: b, method: act, with: {v: "${{ steps.a.output.gone }}"}}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(executor.steps(run.key())).containsEntry("b", "FAILED");
    assertThat(List.copyOf(world.done())).containsExactly("a");
  }

  @Test
  void outputsThatCannotBeEvaluatedFailTheRun() throws Exception {
    RunRecord run =
        executor.run(
            Flow.spec("outputs: {x: \"${{ steps.a.output.gone }}\"}", "- {id: a, method: act}"));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.message()).contains("outputs");
  }
}
