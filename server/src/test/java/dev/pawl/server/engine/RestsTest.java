package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.Checkpoint;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodKind;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods that give their turn back and are called again. */
@Timeout(120)
class RestsTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  private final TestDatabase database = TestDatabase.create();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicBoolean ready = new AtomicBoolean();
  private volatile CountDownLatch called = new CountDownLatch(0);

  @AfterEach
  void close() {
    database.close();
  }

  /** {@code rest}: until the test is ready; {@code twice}: two rests; {@code act}: at once. */
  private ModelRegistry models() {
    FakeModel model =
        new FakeModel("test/thing")
            .with(
                "act",
                MethodKind.ACTION,
                (arguments, context) -> MethodResult.of(arguments, Outcome.EXECUTED))
            .with("rest", MethodKind.READ, (arguments, context) -> rest(context))
            .with(
                "strict",
                MethodKind.ACTION,
                (arguments, context) -> {
                  throw World.refused("never");
                })
            .with("twice", MethodKind.READ, (arguments, context) -> twice(context))
            .with(
                "claimed",
                MethodKind.ACTION,
                (arguments, context) -> twice(context),
                Trait.IDEMPOTENT);
    return new ModelRegistry(Map.of("test/thing", model));
  }

  private MethodResult rest(MethodContext context) throws MethodException, InterruptedException {
    calls.incrementAndGet();
    called.countDown();
    context.checkpoint(
        Checkpoint.rerun("begun"), () -> TextNode.valueOf("" + begun.incrementAndGet()));
    while (!ready.get()) {
      context.rest(SHORT, "the test");
    }
    return MethodResult.of(Json.object().put("calls", calls.get()), Outcome.EXECUTED);
  }

  /** A loop of two rounds, of which each but the last ends the call. */
  private MethodResult twice(MethodContext context) throws MethodException, InterruptedException {
    calls.incrementAndGet();
    for (int round = 0; round < 2; round++) {
      String name = "round " + round;
      AtomicBoolean first = new AtomicBoolean();
      context.checkpoint(
          Checkpoint.rerun(name),
          () -> {
            first.set(true);
            return TextNode.valueOf(name);
          });
      if (first.get()) {
        context.rest(SHORT, name);
      }
    }
    return MethodResult.of(Json.object(), Outcome.EXECUTED);
  }

  private TestExecutor executor(int places) {
    return TestExecutor.start(database, models(), places);
  }

  private static void awaitDown(TestExecutor at, RunKey run) throws InterruptedException {
    at.until(run, e -> e.run() != null && e.run().status() == RunStatus.WAITING);
  }

  @Test
  void aMethodIsCalledAgainAfterEachRestWithItsCheckpoints() throws Exception {
    try (TestExecutor executor = executor(10)) {
      RunRecord end = executor.run(Flow.steps("- {id: a, method: twice}"));
      assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(end.attempt()).isEqualTo(1);
      assertThat(calls).hasValue(3);
      List<RunEvent> events = executor.runs.events(end.key(), 0, 100);
      assertThat(events)
          .filteredOn(e -> e.step() != null && e.step().status() == StepStatus.WAITING)
          .extracting(e -> e.step() == null ? "" : e.step().waitingFor())
          .containsExactly("round 0", "round 1");
      assertThat(events)
          .anyMatch(
              e ->
                  e.run() != null
                      && e.run().status() == RunStatus.WAITING
                      && e.run().executorId() == null);
    }
  }

  @Test
  void aRestingRunHoldsNoPlaceAndCanBeCancelled() throws Exception {
    try (TestExecutor executor = executor(1)) {
      RunKey resting = executor.start(Flow.steps("- {id: a, method: rest}"));
      awaitDown(executor, resting);
      for (int i = 0; i < 3; i++) {
        assertThat(executor.run(Flow.steps("- {id: b, method: act}")).status())
            .isEqualTo(RunStatus.SUCCEEDED);
      }
      executor.server.cancelRun().run(resting, "no", null);
      assertThat(executor.end(resting).status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(executor.steps(resting)).containsEntry("a", "CANCELLED");
      assertThat(begun).hasValue(1);
    }
  }

  @Test
  void anotherServerGoesOnWithItWhateverTheStrategy() throws Exception {
    RunKey run;
    try (TestExecutor first = executor(10)) {
      run =
          first.start(
              Flow.spec(
                  "recovery: {strategy: none}",
                  """
                  - {id: a, method: rest}
                  - {id: after, method: act, dependsOn: [a]}
                  """));
      awaitDown(first, run);
      // As a server does that is asked to stop: no call of the method is broken off.
      first.server.engine().drain(Duration.ofSeconds(20));
    }
    try (TestExecutor second = executor(10)) {
      ready.set(true);
      RunRecord end = second.end(run);
      assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(end.attempt()).isEqualTo(1);
      assertThat(begun).as("its checkpoints are kept").hasValue(1);
    }
  }

  @Test
  void iterationsRestEachForItself() throws Exception {
    try (TestExecutor executor = executor(10)) {
      RunRecord end =
          executor.run(
              Flow.steps(
                  """
                  - id: each
                    method: twice
                    forEach: {in: "${{ [1, 2, 3, 4, 5, 6] }}", concurrency: 2}
                  """));
      assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(calls).hasValue(18);
    }
  }

  @Test
  void aClaimIsNotPutDown() throws Exception {
    try (TestExecutor executor = executor(10)) {
      RunRecord end = executor.run(Flow.steps("- {id: a, method: claimed}"));
      assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(calls).as("it has waited inside its one call").hasValue(1);
    }
  }

  @Test
  void theRunsTimeoutEndsARest() throws Exception {
    try (TestExecutor executor = executor(10)) {
      RunRecord end = executor.run(Flow.spec("timeout: 2s", "- {id: a, method: rest}"));
      assertThat(end.status()).isEqualTo(RunStatus.TIMED_OUT);
      ready.set(true);
      RunRecord again = executor.retry(end.key());
      assertThat(again.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(again.attempt()).isEqualTo(2);
    }
  }

  @Test
  void cleanupThatRestsHasItsTimeOnceTheRunStopsAndNoMore() throws Exception {
    try (TestExecutor executor = executor(10)) {
      RunKey run = executor.start(Flow.steps("- {id: a, method: rest, always: true}"));
      awaitDown(executor, run);
      executor.server.cancelRun().run(run, "no", null);
      // The third call that begins after the cancel has been put to rest with a deadline before.
      called = new CountDownLatch(4);
      Script.await(called);
      assertThat(executor.runs.find(run).orElseThrow().status().hasEnded()).isFalse();
      database.timePasses(Duration.ofMinutes(6));
      assertThat(executor.end(run).status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(executor.step(run, "a").error())
          .isNotNull()
          .satisfies(e -> assertThat(e.reason()).isEqualTo("DEADLINE"));
    }
  }

  @Test
  void failFastEndsARest() throws Exception {
    try (TestExecutor executor = executor(10)) {
      RunRecord end =
          executor.run(
              Flow.spec(
                  "failFast: true",
                  """
                  - {id: a, method: rest}
                  - {id: nap, method: twice}
                  - {id: bad, method: strict, dependsOn: [nap]}
                  """));
      assertThat(end.status()).isEqualTo(RunStatus.FAILED);
      assertThat(executor.steps(end.key())).containsEntry("a", "CANCELLED");
    }
  }
}
