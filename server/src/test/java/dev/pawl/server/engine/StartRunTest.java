package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.server.engine.StartRun.OnExisting;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Idempotency keys, and claims that race. */
class StartRunTest extends EngineTest {
  private static final String ONE =
      Flow.spec(
          "inputs: {size: {type: integer, default: 1}}",
          "- {id: a, method: act, with: {size: \"${{ inputs.size }}\"}}");

  private static ObjectNode size(int size) {
    return Json.object().put("size", size);
  }

  @Test
  void theSameKeyAgainGivesTheSameRun() throws Exception {
    StartRun.Result first = executor.start(ONE, size(2), "k1", OnExisting.ATTACH);
    executor.end(first.run().key());
    StartRun.Result again =
        executor.start(ONE.replace("- {id", "-   {id"), size(2), "k1", OnExisting.ATTACH);
    assertThat(first.replayed()).isFalse();
    assertThat(again.replayed()).isTrue();
    assertThat(again.run().key()).isEqualTo(first.run().key());
    assertThat(world.times("a")).isEqualTo(1);
  }

  @Test
  void theSameKeyForSomethingElseIsRefusedNamingWhatDiffers() {
    RunKey first = executor.start(ONE, size(2), "k2", OnExisting.ATTACH).run().key();
    assertThatThrownBy(() -> executor.start(ONE, size(3), "k2", OnExisting.ATTACH))
        .isInstanceOfSatisfying(
            ServerFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
              assertThat(e.violations()).extracting(v -> v.field()).containsExactly("inputs.size");
              assertThat(e.metadata())
                  .containsEntry("differs", "inputs.size")
                  .containsEntry("run_id", first.runId());
            })
        .hasMessageContaining(first.runId());
  }

  @Test
  void ofTwentyConcurrentCallsWithOneKeyOneStartsARun() throws Exception {
    List<StartRun.Result> all =
        atOnce(20, () -> executor.start(ONE, size(7), "k3", OnExisting.ATTACH));
    Set<RunKey> runs = new HashSet<>();
    all.forEach(r -> runs.add(r.run().key()));
    assertThat(runs).hasSize(1);
    assertThat(all.stream().filter(r -> !r.replayed())).hasSize(1);
    executor.end(runs.iterator().next());
    assertThat(world.times("a")).isEqualTo(1);
  }

  @Test
  void anExistingRunMayBeRefused() {
    executor.start(ONE, size(1), "k4", OnExisting.FAIL);
    assertThatThrownBy(() -> executor.start(ONE, size(1), "k4", OnExisting.FAIL))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("RUN_EXISTS"));
  }

  @Test
  void anExistingRunMayBeRetriedIfItFailedByOneOfAllWhoAsk() throws Exception {
    world.failNext("a", World.refused("no"));
    RunKey run = executor.start(ONE, size(1), "k5", OnExisting.RETRY_IF_FAILED).run().key();
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.FAILED);

    List<StartRun.Result> all =
        atOnce(5, () -> executor.start(ONE, size(1), "k5", OnExisting.RETRY_IF_FAILED));
    assertThat(all).extracting(r -> r.run().key()).containsOnly(run);
    RunRecord end = executor.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(end.attempt()).isEqualTo(2);

    StartRun.Result after = executor.start(ONE, size(1), "k5", OnExisting.RETRY_IF_FAILED);
    assertThat(after.run().attempt()).isEqualTo(2);
    assertThat(world.times("a")).isEqualTo(2);
  }

  @Test
  void whatWasAcceptedOnceIsAnsweredAlthoughItCouldNotBeAcceptedNow() throws Exception {
    RunKey first = executor.start(ONE, size(4), "k6", OnExisting.ATTACH).run().key();
    executor.end(first);
    try (TestExecutor bare = TestExecutor.start(database, new ModelRegistry(Map.of()), 10)) {
      StartRun.Result again = bare.start(ONE, size(4), "k6", OnExisting.ATTACH);
      assertThat(again.replayed()).isTrue();
      assertThat(again.run().key()).isEqualTo(first);
      assertThatThrownBy(() -> bare.start(ONE, size(5), "k6", OnExisting.ATTACH))
          .isInstanceOfSatisfying(
              ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("INVALID_WORKFLOW"));
    }
  }

  @Test
  void aKeyOfAnotherCallIsAnotherKey() throws Exception {
    RunKey first = executor.start(ONE, size(1), "k7", OnExisting.ATTACH).run().key();
    ExecuteMethod.Result other =
        executor
            .server
            .executeMethod()
            .run(
                new ExecuteMethod.Command(
                    "default",
                    "test/thing",
                    "other",
                    "act",
                    Json.object(),
                    CreateOptions.DEFAULT,
                    false,
                    java.time.Duration.ofSeconds(30),
                    "k7",
                    "tester"));
    assertThat(other.replayed()).isFalse();
    assertThat(other.runId()).isNotEqualTo(first.runId());
  }

  @Test
  void anEmptyKeyIsAnError() {
    assertThatThrownBy(() -> executor.start(ONE, size(1), "", OnExisting.ATTACH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 255");
  }

  @Test
  void ofTwoRunsThatRaceOnAnIdempotentMethodOneCallsIt() throws Exception {
    for (String method : List.of("once", "create")) {
      World.Gate gate = world.gate(method);
      String flow = Flow.steps("- {id: a, instance: M, method: M}".replace("M", method));
      RunKey first = executor.start(withModel(flow));
      gate.awaitReached();
      RunKey second = executor.start(withModel(flow));
      executor.until(second, e -> e.step() != null && !e.step().waitingFor().isEmpty());
      gate.open();
      assertThat(executor.end(first).status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(executor.end(second).status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(executor.steps(second)).containsEntry("a", "REUSED");
      assertThat(world.times(method)).isEqualTo(1);
    }
  }

  @Test
  void skipIfExistsMakesAnyMethodRunOnce() throws Exception {
    String flow =
        withModel(Flow.steps("- {id: a, instance: shared, method: act, skipIfExists: true}"));
    List<RunRecord> ends = atOnce(4, () -> executor.run(flow));
    assertThat(ends).extracting(RunRecord::status).containsOnly(RunStatus.SUCCEEDED);
    assertThat(world.times("shared")).isEqualTo(1);
    assertThat(executor.steps(executor.run(flow).key())).containsEntry("a", "REUSED");
  }

  private static String withModel(String flow) {
    return flow.replaceAll("\\{id: (\\w+), instance", "{id: $1, model: test/thing, instance");
  }

  private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> answers = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        answers.add(threads.submit(call));
      }
      List<T> out = new ArrayList<>();
      for (Future<T> answer : answers) {
        out.add(answer.get());
      }
      return out;
    }
  }
}
