package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.StaleRunException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which steps are written together, and who hears of what becomes of them. */
@Timeout(120)
class StepWritesTest {
  private final List<List<String>> commits = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  /** What the store does with a group; the first commit waits until it may {@link #go}. */
  private StepWrites writes(StepWrites.Commit commit) {
    return new StepWrites(
        steps -> {
          List<String> ids = steps.stream().map(s -> s.key().stepId()).toList();
          begun.countDown();
          await(go);
          commit.run(steps);
          commits.add(ids);
        });
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static StepRecord step(String id) {
    return new StepRecord(
        StepKey.of(id),
        1,
        0,
        id,
        "test/thing",
        "act",
        id,
        StepStatus.RUNNING,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        1,
        "",
        null,
        null);
  }

  /** A caller on a thread of its own; its future fails as its write does. */
  private static final class Call {
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final Thread thread;

    /** Begins, and returns once the call waits. */
    Call(StepWrites writes, String id) {
      thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      writes.write(step(id));
                      end.complete(Thread.currentThread().isInterrupted());
                    } catch (Throwable t) {
                      end.completeExceptionally(t);
                    }
                  });
      while (thread.getState() != Thread.State.WAITING && !end.isDone()) {
        Thread.onSpinWait();
      }
    }
  }

  private static List<Call> calls(StepWrites writes, int from, int to) {
    List<Call> calls = new ArrayList<>();
    for (int i = from; i < to; i++) {
      calls.add(new Call(writes, "s" + i));
    }
    return calls;
  }

  private static void join(List<Call> calls) {
    calls.forEach(call -> call.end.join());
  }

  @Test
  void whatComesWhileOneIsWrittenIsWrittenTogetherInItsOrder() throws Exception {
    StepWrites writes = writes(steps -> {});
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, 5));
    assertThat(calls).noneMatch(call -> call.end.isDone());
    go.countDown();
    join(calls);
    assertThat(commits).containsExactly(List.of("s0"), List.of("s1", "s2", "s3", "s4"));
  }

  @Test
  void aGroupHasALimitAndTheNextTakesTheRest() throws Exception {
    StepWrites writes = writes(steps -> {});
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, StepWrites.MOST + 3));
    go.countDown();
    join(calls);
    assertThat(commits).extracting(List::size).containsExactly(1, StepWrites.MOST, 2);
  }

  @Test
  void oneAfterAnotherIsOneEach() throws Exception {
    StepWrites writes = writes(steps -> {});
    go.countDown();
    writes.write(step("a"));
    writes.write(step("b"));
    assertThat(commits).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void whatTheStoreRefusesOfOneFailsThatOneAlone() throws Exception {
    StepWrites writes =
        writes(
            steps -> {
              if (steps.stream().anyMatch(s -> s.key().stepId().equals("s2"))) {
                throw new IllegalArgumentException("s2 can't be stored");
              }
            });
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, 4));
    go.countDown();
    assertThatThrownBy(() -> calls.get(2).end.join())
        .hasCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s2 can't be stored");
    join(List.of(calls.get(0), calls.get(1), calls.get(3)));
    assertThat(commits).containsExactlyInAnyOrder(List.of("s0"), List.of("s1"), List.of("s3"));
    // Whoever comes next is served.
    writes.write(step("s4"));
    assertThat(commits).contains(List.of("s4"));
  }

  @Test
  void aStaleGenerationIsToldToEveryoneOfTheGroup() throws Exception {
    RunKey run = new RunKey("default", "r");
    StepWrites writes =
        writes(
            steps -> {
              throw new StaleRunException(run, 1);
            });
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, 4));
    go.countDown();
    for (Call call : calls) {
      assertThatThrownBy(call.end::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(StaleRunException.class);
    }
    assertThat(commits).isEmpty();
  }

  @Test
  void anInterruptedCallerStillWaitsForItsCommit() throws Exception {
    StepWrites writes = writes(steps -> {});
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, 3));
    calls.get(0).thread.interrupt();
    calls.get(1).thread.interrupt();
    assertThat(calls).noneMatch(call -> call.end.isDone());
    go.countDown();
    assertThat(calls).extracting(call -> call.end.join()).containsExactly(true, true, false);
    assertThat(commits).containsExactly(List.of("s0"), List.of("s1", "s2"));
  }

  @Test
  void anErrorOfOneWriterLeavesTheOthersToThemselves() throws Exception {
    StepWrites writes =
        writes(
            steps -> {
              if (steps.size() > 1) {
                throw new StackOverflowError("deep");
              }
            });
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, 4));
    go.countDown();
    assertThatThrownBy(() -> calls.get(1).end.join()).hasCauseInstanceOf(StackOverflowError.class);
    join(List.of(calls.get(0), calls.get(2), calls.get(3)));
    assertThat(commits).containsExactlyInAnyOrder(List.of("s0"), List.of("s2"), List.of("s3"));
  }
}
