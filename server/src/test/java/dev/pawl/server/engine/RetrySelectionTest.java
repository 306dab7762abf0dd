package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Json;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Retries that say which steps they mean. */
class RetrySelectionTest extends EngineTest {
  private static final String FLOW =
      Flow.steps(
          """
          - {id: a, method: act}
          - {id: b, method: act, dependsOn: [a]}
          - {id: c, method: act, dependsOn: [b]}
          - {id: other, method: act}
          - {id: bad, method: act}
          - {id: worse, method: act}
          """);

  private RunKey failed(String flow, String... steps) throws InterruptedException {
    Set.of(steps).forEach(step -> world.failNext(step, World.refused("no")));
    RunRecord run = executor.run(flow);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    return run.key();
  }

  private RunRecord retry(RunKey run, RetryRun.Command command) throws InterruptedException {
    executor.server.retryRun().run(command);
    return executor.end(run);
  }

  private static RetryRun.Command from(RunKey run, String step) {
    return command(run, step, List.of(), null);
  }

  private static RetryRun.Command only(RunKey run, String... steps) {
    return command(run, null, List.of(steps), null);
  }

  private static RetryRun.Command command(
      RunKey run, @Nullable String from, List<String> steps, @Nullable String key) {
    return new RetryRun.Command(run, null, null, "", Json.object(), from, steps, false, key, "me");
  }

  @Test
  void fromRunsTheStepAndAllDownstreamBesidesWhatFailed() throws Exception {
    RunKey run = failed(FLOW, "bad");
    assertThat(retry(run, from(run, "b")).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.done().subList(6, world.done().size()))
        .containsExactlyInAnyOrder("b", "c", "bad");
  }

  @Test
  void stepsMeansExactlyThose() throws Exception {
    RunKey run = failed(FLOW, "bad", "worse");
    RunRecord end = retry(run, only(run, "b", "bad"));
    assertThat(end.status()).isEqualTo(RunStatus.FAILED);
    assertThat(end.reason()).isEqualTo("STEPS_LEFT");
    assertThat(world.done().subList(6, world.done().size())).containsExactlyInAnyOrder("b", "bad");
    assertThat(executor.steps(run))
        .containsEntry("worse", "NOT_RUN")
        .containsEntry("c", "EXECUTED");
    assertThat(executor.step(run, "c").attempt()).isEqualTo(1);

    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.done().subList(8, world.done().size())).containsExactly("worse");
  }

  @Test
  void stepsPullInWhatTheirRecoveryNames() throws Exception {
    RunKey run =
        failed(
            Flow.steps(
                """
                - {id: login, method: act}
                - {id: fetch, method: act, dependsOn: [login], recovery: {dependsOn: [login]}}
                - {id: use, method: act, dependsOn: [fetch], recovery: {dependsOn: [fetch]}}
                - {id: bad, method: act}
                """),
            "bad");
    RunRecord end = retry(run, only(run, "use"));
    assertThat(end.reason()).isEqualTo("STEPS_LEFT");
    assertThat(world.done().subList(4, world.done().size()))
        .containsExactly("login", "fetch", "use");
  }

  @Test
  void oneIterationMayBeNamed() throws Exception {
    String flow =
        Flow.steps(
            """
            - id: each
              method: act
              instance: "${{ each.value }}"
              forEach: {in: [x, y, z]}
            """);
    RunKey run = failed(flow, "x", "y");
    retry(run, only(run, "each[y]"));
    assertThat(executor.steps(run))
        .isEqualTo(Map.of("each[x]", "NOT_RUN", "each[y]", "EXECUTED", "each[z]", "EXECUTED"));
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("x")).isEqualTo(2);
    assertThat(world.times("y")).isEqualTo(2);
    assertThat(world.times("z")).isEqualTo(1);
  }

  @Test
  void aFailureThatWasLetPassIsAnEndUnlessNamed() throws Exception {
    String flow =
        Flow.steps(
            """
            - {id: soft, method: act, continueOnError: true}
            - {id: after, method: act, dependsOn: [soft]}
            - {id: bad, method: act}
            """);
    RunKey run = failed(flow, "soft", "bad");
    world.failNext("bad", World.refused("no"));
    executor.retry(run);
    assertThat(world.times("soft")).isEqualTo(1);
    assertThat(executor.steps(run)).containsEntry("soft", "FAILED");

    RunRecord end = retry(run, from(run, "soft"));
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("soft")).isEqualTo(2);
    assertThat(world.times("after")).isEqualTo(2);
  }

  @Test
  void cleanupRunsInEveryAttemptWhateverIsNamed() throws Exception {
    RunKey run =
        failed(
            Flow.steps(
                """
                - {id: bad, method: act}
                - {id: cleanup, method: act, dependsOn: [bad], always: true}
                """),
            "bad");
    assertThat(retry(run, only(run, "bad")).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("cleanup")).isEqualTo(2);
  }

  @Test
  void unknownStepsAreRefusedWithWhatWasMeant() throws Exception {
    RunKey run = failed(FLOW, "bad");
    assertRefused("STEP_NOT_FOUND", "did you mean other?", only(run, "othr"));
    assertRefused("STEP_NOT_FOUND", "did you mean worse?", from(run, "wors"));
    assertRefused("STEP_NOT_FOUND", "has no iterations", only(run, "other[1]"));
    assertThatThrownBy(() -> command(run, "a", List.of("b"), null))
        .isInstanceOf(ServerFailure.class)
        .hasMessageContaining("options.steps");
    assertThat(executor.runs.find(run).orElseThrow().attempt()).isEqualTo(1);
  }

  private void assertRefused(String reason, String words, RetryRun.Command command) {
    assertThatThrownBy(() -> executor.server.retryRun().run(command))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(ServerFailure.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void theKeyStandsForEveryOption() throws Exception {
    RunKey run = failed(FLOW, "bad", "worse");
    retry(run, command(run, null, List.of("bad", "b"), "k"));
    assertThat(executor.server.retryRun().run(command(run, null, List.of("b", "bad"), "k")))
        .extracting(StartRun.Result::replayed)
        .isEqualTo(true);
    for (RetryRun.Command other :
        List.of(
            command(run, null, List.of("bad"), "k"),
            command(run, "b", List.of(), "k"),
            command(run, null, List.of(), "k"),
            new RetryRun.Command(
                run, null, null, "", Json.object(), null, List.of("b", "bad"), true, "k", "me"))) {
      assertThatThrownBy(() -> executor.server.retryRun().run(other))
          .isInstanceOfSatisfying(
              ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED"));
    }
    assertThat(executor.runs.find(run).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void anAttemptSaysWhoAskedForItAndUnderWhichRequest() throws Exception {
    RunKey run = failed(FLOW, "bad", "worse");
    retry(run, command(run, null, List.of("bad"), "my-key"));
    retry(run, command(run, "worse", List.of(), null));
    List<AttemptRecord> attempts = executor.runs.attempts(run);
    assertThat(attempts).extracting(AttemptRecord::requester).containsExactly("tester", "me", "me");
    assertThat(attempts.get(0).requestId()).isNotEmpty();
    assertThat(attempts.get(1).requestId()).isEqualTo("my-key");
    assertThat(attempts.get(2).requestId()).isNotEmpty().isNotEqualTo("my-key");
    assertThat(attempts.get(1).selection().steps()).containsExactly("bad");
    assertThat(attempts.get(2).selection().fromStep()).isEqualTo("worse");
  }
}
