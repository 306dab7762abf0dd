package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.postgres.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever recovers a retry runs what that retry was asked to run. */
@SuppressWarnings("NullAway.Init")
class RecoveredChoiceTest {
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

  /** A retry with such a choice whose executor vanishes while it is at {@code slow}. */
  private RunRecord recovered(String strategy, RetryRun.Command choice, RunKey run)
      throws InterruptedException {
    World.Gate gate = world.gate("slow");
    first.server.retryRun().run(choice);
    gate.awaitReached();
    world.noGate("slow");
    first.silence();
    second = TestExecutor.start(database, world);
    RunRecord end = second.end(run);
    assertThat(second.server.readRuns().find(run).attempts())
        .as(strategy)
        .extracting(AttemptRecord::reason)
        .endsWith(AttemptReason.RETRY, AttemptReason.RECOVERY);
    return end;
  }

  private RunKey failed(String strategy) throws InterruptedException {
    world.failNext("bad", World.refused("no"));
    RunRecord run =
        first.run(
            Flow.spec(
                "recovery: {strategy: " + strategy + "}",
                """
                - {id: before, method: act}
                - {id: slow, method: act, dependsOn: [before]}
                - {id: after, method: act, dependsOn: [slow]}
                - {id: bad, method: act}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    return run.key();
  }

  private static RetryRun.Command choice(RunKey run, String from, List<String> steps) {
    return new RetryRun.Command(
        run, null, null, "", Json.object(), from.isEmpty() ? null : from, steps, false, null, "me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"idempotent", "restart"})
  void exactlyTheNamedSteps(String strategy) throws Exception {
    RunKey run = failed(strategy);
    RunRecord end = recovered(strategy, choice(run, "", List.of("slow")), run);
    assertThat(end.reason()).isEqualTo("STEPS_LEFT");
    assertThat(world.times("before")).isEqualTo(1);
    assertThat(world.times("slow")).isEqualTo(3);
    assertThat(world.times("after")).isEqualTo(1);
    assertThat(world.times("bad")).isEqualTo(1);
  }

  @Test
  void fromTheNamedStepOn() throws Exception {
    RunKey run = failed("idempotent");
    RunRecord end = recovered("idempotent", choice(run, "slow", List.of()), run);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("before")).isEqualTo(1);
    assertThat(world.times("slow")).isEqualTo(3);
    assertThat(world.times("after")).isEqualTo(2);
    assertThat(world.times("bad")).isEqualTo(2);
  }
}
