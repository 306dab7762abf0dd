package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same call with the same key, of retries and of single methods. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RepeatedCallsTest extends EngineTest {
  private static final String FLOW =
      Flow.spec(
          "inputs: {size: {type: integer, default: 1}}",
          "- {id: a, method: act, with: {size: \"${{ inputs.size }}\"}}");

  private RunKey failed() throws InterruptedException {
    world.failNext("a", World.refused("no"));
    RunRecord run = executor.run(FLOW);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    return run.key();
  }

  private StartRun.Result retry(RunKey run, ObjectNode inputs, String key) {
    return executor
        .server
        .retryRun()
        .run(
            new RetryRun.Command(
                run, null, null, "", inputs, null, List.of(), false, key, "tester"));
  }

  private ExecuteMethod.Result call(String instance, ObjectNode arguments, String key)
      throws InterruptedException {
    return executor
        .server
        .executeMethod()
        .run(
            new ExecuteMethod.Command(
                "default",
                "test/thing",
                instance,
                "act",
                arguments,
                CreateOptions.DEFAULT,
                false,
                Duration.ofMinutes(5),
                key,
                "tester"));
  }

  @Test
  void ofConcurrentRetriesWithOneKeyOneBeginsAnAttemptAndAllGetIt() throws Exception {
    RunKey run = failed();
    List<StartRun.Result> all = atOnce(12, () -> retry(run, Json.object(), "again"));

    assertThat(all).extracting(r -> r.run().key()).containsOnly(run);
    assertThat(all.stream().filter(r -> !r.replayed())).hasSize(1);
    assertThat(executor.end(run).attempt()).isEqualTo(2);
    assertThat(retry(run, Json.object(), "again").replayed()).isTrue();
    assertThat(world.times("a")).isEqualTo(2);
  }

  @Test
  void aRetryKeyForAnotherRetryIsRefusedNamingWhatDiffers() throws Exception {
    RunKey run = failed();
    retry(run, Json.object().put("size", 2), "mend");

    assertThatThrownBy(() -> retry(run, Json.object().put("size", 3), "mend"))
        .isInstanceOfSatisfying(
            ServerFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
              assertThat(e.metadata())
                  .containsEntry("differs", "options.inputs.size")
                  .containsEntry("run_id", run.runId());
            })
        .hasMessageContaining("run " + run.runId());
    executor.end(run);
  }

  @Test
  void concurrentCallsOfAMethodWithOneKeyAttachToTheOneThatRuns() throws Exception {
    World.Gate gate = world.gate("job");
    ObjectNode arguments = Json.object().put("n", 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ExecuteMethod.Result>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(threads.submit(() -> call("job", arguments, "once")));
      }
      gate.awaitReached();
      gate.open();
      List<ExecuteMethod.Result> answers = new ArrayList<>();
      for (Future<ExecuteMethod.Result> each : calls) {
        answers.add(each.get());
      }
      assertThat(answers).extracting(ExecuteMethod.Result::runId).containsOnly(first(answers));
      assertThat(answers.stream().filter(r -> !r.replayed())).hasSize(1);
      assertThat(answers).extracting(r -> r.result().output()).containsOnly(arguments);
    }
    assertThat(world.times("job")).isEqualTo(1);
  }

  private static String first(List<ExecuteMethod.Result> answers) {
    return answers.getFirst().runId();
  }

  @Test
  void aMethodKeyForAnotherCallIsRefusedInTheCallersOwnWords() throws Exception {
    ExecuteMethod.Result first = call("job", Json.object().put("n", 1), "k");
    assertThatThrownBy(() -> call("job-2", Json.object().put("n", 2), "k"))
        .isInstanceOfSatisfying(
            ServerFailure.class,
            e ->
                assertThat(e.metadata())
                    .containsEntry("differs", "arguments.n, key.instance")
                    .containsEntry("run_id", first.runId()));
  }

  @Test
  void theEngineLetsAnswersGoAfterTheirRetentionAndLateReplaysAreRefused() throws Exception {
    RunKey run =
        executor.start(FLOW, Json.object(), "late", StartRun.OnExisting.ATTACH).run().key();
    executor.end(run);
    database.advance(Duration.ofDays(91));

    while (kept("late") > 0) {
      Thread.onSpinWait();
    }

    for (StartRun.OnExisting how : StartRun.OnExisting.values()) {
      assertThatThrownBy(() -> executor.start(FLOW, Json.object(), "late", how))
          .isInstanceOfSatisfying(
              ServerFailure.class,
              e -> {
                assertThat(e.reason()).isEqualTo("IDEMPOTENCY_KEY_EXPIRED");
                assertThat(e.metadata()).containsEntry("run_id", run.runId());
              })
          .hasMessageContaining("run " + run.runId());
    }
    assertThat(world.times("a")).isEqualTo(1);
  }

  private static int kept(String key) throws java.sql.SQLException {
    var where = database.settings();
    try (var connection =
            java.sql.DriverManager.getConnection(where.url(), where.user(), where.password());
        var query =
            connection.prepareStatement(
                "select count(*) from idempotency_key where key = ? and request is not null")) {
      query.setString(1, key);
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
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
