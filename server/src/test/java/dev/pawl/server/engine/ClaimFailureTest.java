package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.postgres.PostgresStore;
import dev.pawl.server.store.postgres.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that answers, but fails for what takes runs. */
@Timeout(120)
class ClaimFailureTest {
  private final World world = new World();
  private volatile BiPredicate<String, @Nullable Object> fails = (method, argument) -> false;
  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  private RunStore failing(RunStore real) {
    return (RunStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RunStore.class},
            (proxy, called, arguments) -> call(real, called, arguments));
  }

  private @Nullable Object call(RunStore real, Method called, @Nullable Object[] arguments)
      throws Throwable {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    if (fails.test(called.getName(), first)) {
      throw new IllegalStateException("no " + called.getName() + " now");
    }
    try {
      return called.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private TestExecutor executor() {
    PostgresStore store = database.store();
    return TestExecutor.start(store, failing(store.runs()), world.models(), 100);
  }

  @Test
  void healthSaysThatNoRunsCanBeTakenAndTheLoopGoesOn() throws Exception {
    CountDownLatch cannot = new CountDownLatch(1);
    CountDownLatch canAgain = new CountDownLatch(2);
    try (TestExecutor executor = executor()) {
      executor
          .server
          .engine()
          .watchHealth(
              new HealthListener() {
                @Override
                public void canWork() {
                  canAgain.countDown();
                }

                @Override
                public void cannotWork() {
                  cannot.countDown();
                }
              });
      fails = (method, argument) -> method.equals("claimQueued");
      Script.await(cannot);
      assertThat(executor.server.engine().isHealthy()).isFalse();

      fails = (method, argument) -> false;
      Script.await(canAgain);
      assertThat(executor.run(Flow.steps("- {id: next, method: act}")).status())
          .isEqualTo(RunStatus.SUCCEEDED);
    }
  }

  @Test
  void aRunThatCannotBeTakenOverKeepsNoOtherWaiting() throws Exception {
    String flow = Flow.spec("recovery: {strategy: idempotent}", "- {id: slow, method: act}");
    World.Gate gate = world.gate("slow", 2);
    try (TestExecutor first = TestExecutor.start(database, world)) {
      RunKey poisoned = first.start(flow);
      RunKey other = first.start(flow);
      gate.awaitReached();
      world.noGate("slow");
      first.silence();
      fails =
          (method, argument) ->
              method.equals("begin")
                  && argument instanceof NewAttempt next
                  && next.read().key().equals(poisoned);
      try (TestExecutor second = executor()) {
        assertThat(second.end(other).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(second.runs.find(poisoned).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);

        fails = (method, argument) -> false;
        assertThat(second.end(poisoned).status()).isEqualTo(RunStatus.SUCCEEDED);
      }
    }
  }
}
