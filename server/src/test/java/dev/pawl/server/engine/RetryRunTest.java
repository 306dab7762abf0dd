package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.PlannedStep;
import dev.pawl.server.run.PlannedStep.Action;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a retry keeps and what it runs, and that its plan tells the same beforehand. */
class RetryRunTest extends EngineTest {
  private static final String FLOW =
      Flow.spec(
          "inputs: {x: {type: integer, default: 1}, y: {type: integer, default: 1}}",
          """
          - {id: a, method: act, with: {x: "${{ inputs.x }}"}}
          - {id: b, method: act, with: {y: "${{ inputs.y }}"}}
          - {id: c, method: act, with: {was: "${{ steps.a.output.x }}"}}
          - {id: d, method: act, dependsOn: [a]}
          - {id: bad, method: act, dependsOn: [c]}
          """);

  private RunKey failed(String flow) throws InterruptedException {
    world.failNext("bad", World.refused("no"));
    RunRecord run = executor.run(flow);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    return run.key();
  }

  private Map<String, Action> plan(RetryRun.Command command) throws InterruptedException {
    return executor.server.planRetry().run(command).steps().stream()
        .collect(Collectors.toMap(s -> s.key().toString(), PlannedStep::action));
  }

  @Test
  void keepsWhatSucceeded() throws Exception {
    RunKey run = failed(FLOW);
    assertThat(plan(executor.again(run, Json.object())))
        .isEqualTo(
            Map.of(
                "a", Action.REUSE,
                "b", Action.REUSE,
                "c", Action.REUSE,
                "d", Action.REUSE,
                "bad", Action.RERUN));
    RunRecord end = executor.retry(run);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(end.attempt()).isEqualTo(2);
    assertThat(world.done()).containsExactlyInAnyOrder("a", "b", "c", "d", "bad", "bad");
    assertThat(executor.server.readRuns().find(run).attempts())
        .extracting(a -> a.reason().name() + " " + a.status())
        .containsExactly("START FAILED", "RETRY SUCCEEDED");
  }

  @Test
  void aMendedInputRunsAgainWhatItTouches() throws Exception {
    RunKey run = failed(FLOW);
    ObjectNode mended = Json.object().put("x", 2);
    assertThat(plan(executor.again(run, mended)))
        .isEqualTo(
            Map.of(
                "a", Action.RERUN,
                "b", Action.REUSE,
                "c", Action.RERUN,
                "d", Action.RERUN,
                "bad", Action.RERUN));
    RunRecord end = executor.retry(run, mended);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(end.inputs()).isEqualTo(Json.parse("{\"x\":2,\"y\":1}"));
    assertThat(world.times("a")).isEqualTo(2);
    assertThat(world.times("b")).isEqualTo(1);
    assertThat(world.times("c")).isEqualTo(2);
    assertThat(world.times("d")).isEqualTo(2);
    assertThat(executor.step(run, "c").output()).isEqualTo(Json.parse("{\"was\":2}"));
  }

  @Test
  void aStepThatDidNotRunInBetweenIsStillKnownToHaveSucceeded() throws Exception {
    String flow =
        Flow.steps(
            """
            - {id: first, method: act, always: true}
            - {id: act, method: act, dependsOn: [first]}
            - {id: bad, method: act, dependsOn: [act]}
            """);
    RunKey run = failed(flow);
    world.failNext("first", World.refused("not now"));
    executor.retry(run);
    assertThat(executor.steps(run)).containsEntry("act", "NOT_RUN");
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("act")).isEqualTo(1);
  }

  @Test
  void runsAgainWhatAFailedStepNamesInItsRecovery() throws Exception {
    RunKey run =
        failed(
            Flow.steps(
                """
                - {id: fetch, method: act}
                - {id: other, method: act}
                - {id: bad, method: act, dependsOn: [fetch], recovery: {dependsOn: [fetch]}}
                """));
    assertThat(plan(executor.again(run, Json.object())))
        .isEqualTo(Map.of("fetch", Action.RERUN, "other", Action.REUSE, "bad", Action.RERUN));
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("fetch")).isEqualTo(2);
    assertThat(world.times("other")).isEqualTo(1);
  }

  @Test
  void aMendedDefinitionIsWhatRuns() throws Exception {
    RunKey run = failed(FLOW);
    String mended =
        FLOW.replace("{id: bad,", "{id: good,").replace("instance: bad", "instance: good");
    executor
        .server
        .retryRun()
        .run(
            new RetryRun.Command(
                run, 1, mended, "b.yaml", Json.object(), null, List.of(), false, null, "t"));
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("good")).isEqualTo(1);
    assertThat(world.times("a")).isEqualTo(1);
  }

  @Test
  void refusesWhatCannotBeRetried() throws Exception {
    RunKey succeeded = executor.run(Flow.steps("- {id: ok, method: act}")).key();
    assertRefused("RUN_SUCCEEDED", executor.again(succeeded, Json.object()));
    assertRefused("RUN_SUCCEEDED", keyed(succeeded, null, "key-1"));

    World.Gate gate = world.gate("slow");
    RunKey running = executor.start(Flow.steps("- {id: slow, method: act}"));
    gate.awaitReached();
    assertRefused("RUN_NOT_ENDED", executor.again(running, Json.object()));
    assertRefused("RUN_NOT_ENDED", keyed(running, null, "key-2"));
    gate.open();
    assertThat(executor.end(running).status()).isEqualTo(RunStatus.SUCCEEDED);

    RunKey failed = failed(FLOW);
    assertRefused("ATTEMPT_CHANGED", keyed(failed, 2, "key-3"));
    assertRefused("RUN_NOT_FOUND", executor.again(new RunKey("default", "none"), Json.object()));
  }

  private void assertRefused(String reason, RetryRun.Command command) {
    assertThatThrownBy(() -> executor.server.retryRun().run(command))
        .isInstanceOfSatisfying(ServerFailure.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static RetryRun.Command keyed(
      RunKey run, @org.jspecify.annotations.Nullable Integer attempt, String key) {
    return new RetryRun.Command(
        run, attempt, null, "", Json.object(), null, List.of(), false, key, "t");
  }

  @Test
  void aReplayedRetryIsOneAttempt() throws Exception {
    RunKey run = failed(FLOW);
    assertThat(executor.server.retryRun().run(keyed(run, 1, "again")).replayed()).isFalse();
    executor.end(run);
    StartRun.Result replay = executor.server.retryRun().run(keyed(run, 1, "again"));
    assertThat(replay.replayed()).isTrue();
    assertThat(replay.run().attempt()).isEqualTo(2);
    assertThatThrownBy(
            () ->
                executor
                    .server
                    .retryRun()
                    .run(
                        new RetryRun.Command(
                            run,
                            1,
                            null,
                            "",
                            Json.object().put("x", 9),
                            null,
                            List.of(),
                            false,
                            "again",
                            "t")))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED"));
  }

  @Test
  void cleanupRunsOncePerAttempt() throws Exception {
    RunKey run =
        failed(
            Flow.steps(
                """
                - {id: bad, method: act}
                - {id: cleanup, method: act, dependsOn: [bad], always: true}
                """));
    assertThat(world.times("cleanup")).isEqualTo(1);
    executor.retry(run);
    assertThat(world.times("cleanup")).isEqualTo(2);
  }

  @Test
  void planningARunTellsWhatIsStored() throws Exception {
    String flow =
        Flow.steps(
            """
            - {id: made, method: create}
            - {id: skipped, method: act, if: "${{ false }}"}
            - {id: act, method: act, dependsOn: [made]}
            """);
    assertThat(planned(flow))
        .containsExactly("made RUN CREATE", "skipped SKIP null", "act RUN null");
    executor.run(flow);
    assertThat(planned(flow))
        .containsExactly("made RUN REUSE", "skipped SKIP null", "act RUN null");
  }

  private List<String> planned(String flow) throws InterruptedException {
    return executor
        .server
        .planRun()
        .run(new PlanRun.Command("default", flow, "test.yaml", Json.object()))
        .steps()
        .stream()
        .map(s -> s.key() + " " + s.action() + " " + s.createAction())
        .toList();
  }
}
