package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.postgres.PostgresStore;
import dev.pawl.server.store.postgres.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An executor that dies after any of its writes leaves one child run, and no wait begins anew. */
class CrashWhileWaitingTest {
  private static final Set<String> WRITES =
      Set.of(
          "start",
          "record",
          "begin",
          "beginWait",
          "closeWait",
          "putDown",
          "takeNews",
          "claimQueued",
          "claimWoken",
          "decide");

  private static final String PARENT =
      Flow.spec(
          "recovery: {strategy: idempotent, maxRecoveries: 9}",
          """
          - {name: nap, id: nap, model: core/wait, method: sleep, with: {duration: 10ms}}
          - name: child
            id: child
            model: core/workflow
            method: run
            dependsOn: [nap]
            with:
              workflow:
                apiVersion: pawl.dev/v1
                kind: Workflow
                metadata: {name: inside}
                spec:
                  recovery: {strategy: idempotent, maxRecoveries: 9}
                  steps:
                    - {id: inner, instance: inner, model: test/thing, method: create}
          - {id: after, method: create, dependsOn: [child]}
          """);

  /** A store that nobody reaches any more after so many writes. */
  private static final class Mortal {
    private final AtomicInteger left;
    private final CountDownLatch dead = new CountDownLatch(1);

    Mortal(int writes) {
      left = new AtomicInteger(writes);
    }

    RunStore of(RunStore real) {
      return (RunStore)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {RunStore.class},
              (proxy, called, arguments) -> {
                synchronized (this) {
                  if (dead.getCount() == 0) {
                    throw new IllegalStateException("this executor is dead");
                  }
                  try {
                    Object answer = called.invoke(real, arguments);
                    boolean wrote =
                        WRITES.contains(called.getName())
                            && !(answer instanceof Collection<?> none && none.isEmpty());
                    if (wrote && left.decrementAndGet() == 0) {
                      dead.countDown();
                    }
                    return answer;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }
              });
    }
  }

  @Test
  void everyWriteMayBeTheLast() throws Exception {
    boolean died = true;
    for (int writes = 1; died; writes++) {
      died = diesAfter(writes);
      assertThat(writes).as("the run ends some time").isLessThan(60);
    }
  }

  /** Whether the first executor died before the run had ended. */
  private static boolean diesAfter(int writes) throws Exception {
    World world = new World();
    Mortal mortal = new Mortal(writes);
    try (TestDatabase database = TestDatabase.create()) {
      PostgresStore store = database.store();
      try (TestExecutor first =
          TestExecutor.start(store, mortal.of(store.runs()), world.models(), 10)) {
        RunKey run = first.start(PARENT);
        while (!mortal.dead.await(20, TimeUnit.MILLISECONDS)
            && !store.runs().find(run).orElseThrow().status().hasEnded()) {
          // It goes on until one of the two.
        }
        boolean died = mortal.dead.getCount() == 0;
        if (died) {
          first.silence();
          store.executors().remove(first.id);
        }
        try (TestExecutor second = TestExecutor.start(database, world)) {
          RunRecord end = second.end(run);
          assertThat(end.status()).as("after " + writes).isEqualTo(RunStatus.SUCCEEDED);
          List<RunRecord> all =
              second.runs.list(new RunQuery("default", null, 100, Set.of(), null));
          assertThat(all).as("runs after " + writes).hasSize(2);
          assertThat(all).extracting(RunRecord::status).containsOnly(RunStatus.SUCCEEDED);
          assertThat(
                  second.runs.waits(run).stream()
                      .filter(w -> w.dueAt() != null)
                      .map(w -> w.dueAt())
                      .distinct())
              .as("ends of the sleep after " + writes)
              .hasSize(1);
        }
        return died;
      }
    }
  }
}
