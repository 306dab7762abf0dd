package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.postgres.PostgresStore;
import dev.pawl.server.store.postgres.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many runs one executor works on, and what becomes of the others. */
class RoomTest {
  private static final String SLOW = Flow.steps("- {id: slow, method: act}");
  private static final String QUICK = Flow.steps("- {id: quick, method: act}");

  private final World world = new World();

  @Test
  void runsBeyondTheRoomAreQueuedAndTakenLater() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        TestExecutor executor = TestExecutor.start(database, world.models(), 2)) {
      World.Gate gate = world.gate("slow", 2);
      executor.start(SLOW);
      executor.start(SLOW);
      // One of them may have found its place held by the janitor for a moment.
      gate.awaitReached();
      List<RunKey> queued = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        queued.add(executor.start(QUICK));
      }
      assertThat(queued)
          .extracting(k -> executor.runs.find(k).orElseThrow().status())
          .containsOnly(RunStatus.QUEUED);
      executor.server.cancelRun().run(queued.get(4), "no", null);
      assertThat(executor.runs.find(queued.get(4)).orElseThrow().status())
          .isEqualTo(RunStatus.CANCELLED);
      gate.open();
      for (RunKey run : queued.subList(0, 4)) {
        assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
      }
      assertThat(world.times("quick")).isEqualTo(4);
      executor.server.engine().drain(java.time.Duration.ofSeconds(10));
      assertThat(executor.server.engine().activeRuns()).isZero();
    }
  }

  @Test
  void whoeverHearsOfAnEndFindsThePlaceFree() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        TestExecutor executor = TestExecutor.start(database, world.models(), 1)) {
      World.Gate gate = world.gate("slow");
      StartRun.Result slow = executor.claimed(SLOW);
      gate.awaitReached();
      // On the very thread that tells the end, so nothing can come between.
      CompletableFuture<Integer> active =
          Objects.requireNonNull(slow.end())
              .thenApply(ignored -> executor.server.engine().activeRuns());
      gate.open();
      assertThat(active.get()).isZero();
    }
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    try (TestDatabase database = TestDatabase.create();
        TestExecutor executor = TestExecutor.start(database, world.models(), 1)) {
      // The executor's own janitor holds every free place for a moment.
      for (int i = 0; i < 50; i++) {
        String bad = Flow.steps("- {id: a, method: act, with: {x: \"${{ nope }}\"}}");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> executor.start(bad))
            .isInstanceOf(RuntimeException.class);
      }
      assertThat(executor.server.engine().activeRuns()).isZero();
    }
  }

  /** A store that loses the answers to its first commits of a kind. */
  private static RunStore losingAnswers(RunStore real, String method, int times) {
    AtomicInteger left = new AtomicInteger(times);
    return (RunStore)
        Proxy.newProxyInstance(
            RoomTest.class.getClassLoader(),
            new Class<?>[] {RunStore.class},
            (proxy, called, arguments) -> {
              try {
                Object answer = called.invoke(real, arguments);
                if (called.getName().equals(method) && left.getAndDecrement() > 0) {
                  throw new IllegalStateException("the connection broke after the commit");
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aRunWhoseStartWasCommittedWithoutAnAnswerIsBegun() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      PostgresStore store = database.store();
      RunStore losing = losingAnswers(store.runs(), "start", 1);
      try (TestExecutor executor = TestExecutor.start(store, losing, world.models(), 5)) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                () -> executor.start(QUICK, Json.object(), "key", StartRun.OnExisting.ATTACH))
            .hasMessageContaining("after the commit");
        StartRun.Result again =
            executor.start(QUICK, Json.object(), "key", StartRun.OnExisting.ATTACH);
        assertThat(again.replayed()).isTrue();
        assertThat(executor.end(again.run().key()).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.times("quick")).isEqualTo(1);
      }
    }
  }

  @Test
  void everyWriteMayBeCommittedWithoutAnAnswer() throws Exception {
    for (int after = 1; after <= 3; after++) {
      try (TestDatabase database = TestDatabase.create()) {
        PostgresStore store = database.store();
        RunStore losing = losingAnswers(store.runs(), "record", after);
        World here = new World();
        try (TestExecutor executor = TestExecutor.start(store, losing, here.models(), 5)) {
          RunKey run = executor.start(QUICK);
          List<RunEvent> told = new ArrayList<>();
          executor.server.watchRun().run(run, 0, told::add);
          assertThat(executor.runs.find(run).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
          assertThat(here.times("quick")).isEqualTo(1);
          for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i).sequence()).isEqualTo(i + 1);
          }
        }
      }
    }
  }

  @Test
  void aDatabaseThatGoesAwayForAWhileHoldsRunsUpAndNothingElse() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        TestExecutor executor = TestExecutor.start(database, world)) {
      World.Gate gate = world.gate("item-5");
      RunKey run =
          executor.start(
              Flow.steps(
                  """
                  - id: each
                    method: act
                    forEach: {in: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], concurrency: 1}
                    instance: "item-${{ each.value }}"
                  """));
      gate.awaitReached();
      try (Outage outage = Outage.of(database)) {
        gate.open();
        outage.awaitBroken(20);
      }
      assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(world.done()).doesNotHaveDuplicates().hasSize(12);
    }
  }

  @Test
  void timersOfEndedStepsAreNotKept() throws Exception {
    Timers timers = new Timers();
    try (Timers.Alarm alarm = timers.after(java.time.Duration.ofHours(1), () -> {})) {
      assertThat(timers.waiting()).isEqualTo(1);
    }
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void aRunOfAThousandStepsEnds() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        TestExecutor executor = TestExecutor.start(database, world)) {
      StringBuilder steps = new StringBuilder();
      for (int i = 0; i < 1000; i++) {
        steps.append("- {id: s").append(i).append(", method: act, with: {as: s}");
        steps.append(i % 10 == 0 ? "}" : ", dependsOn: [s" + (i - 1) + "]}").append('\n');
      }
      RunRecord end = executor.run(Flow.steps(steps.toString()));
      assertThat(end.status()).as(end.message()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(world.times("s")).isEqualTo(1000);
    }
  }
}
