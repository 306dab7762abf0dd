package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written together, and who hears of what becomes of it. */
@Timeout(120)
class GroupCommitTest {
  private final List<List<String>> commits = new CopyOnWriteArrayList<>();
  private final List<GroupCommit<String, String>> opened = new ArrayList<>();
  private Duration patience = Duration.ofMinutes(1);
  private boolean apart;
  private Duration heldUp = Duration.ofMillis(10);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  /** What the database does with a group; the first commit waits until it may {@link #go}. */
  private GroupCommit<String, String> writes(Consumer<List<String>> commit) {
    return writes(
        commit,
        () -> {
          begun.countDown();
          await(go);
        });
  }

  private GroupCommit<String, String> writes(Consumer<List<String>> commit, Runnable before) {
    GroupCommit<String, String> writes =
        new GroupCommit<>(
            "test",
            patience,
            apart,
            heldUp,
            entries -> {
              before.run();
              commit.accept(entries);
              commits.add(entries);
              return entries.stream().map(e -> "wrote " + e).toList();
            });
    opened.add(writes);
    return writes;
  }

  @AfterEach
  void close() {
    go.countDown();
    opened.forEach(GroupCommit::close);
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

  /** A caller on a thread of its own; its future fails as its write does. */
  private static final class Call {
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final Thread thread;

    Call(GroupCommit<String, String> writes, String id) {
      this(writes, id, 1);
    }

    /** Begins, and returns once the call waits. */
    Call(GroupCommit<String, String> writes, String id, long size) {
      thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      assertThat(writes.write(id, 0, size)).isEqualTo("wrote " + id);
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

  private static List<Call> calls(GroupCommit<String, String> writes, int from, int to) {
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
    GroupCommit<String, String> writes = writes(steps -> {});
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, 5));
    assertThat(calls).noneMatch(call -> call.end.isDone());
    go.countDown();
    join(calls);
    assertThat(commits).containsExactly(List.of("s0"), List.of("s1", "s2", "s3", "s4"));
  }

  @Test
  void ofWhatIsWrittenApartAGroupHasOne() throws Exception {
    apart = true;
    GroupCommit<String, String> writes = writes(steps -> {});
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, 3));
    go.countDown();
    join(calls);
    assertThat(commits).containsExactly(List.of("s0"), List.of("s1"), List.of("s2"));
  }

  @Test
  void aGroupHasALimitAndTheNextTakesTheRest() throws Exception {
    GroupCommit<String, String> writes = writes(steps -> {});
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, GroupCommit.MOST + 3));
    go.countDown();
    join(calls);
    assertThat(commits).extracting(List::size).containsExactly(1, GroupCommit.MOST, 2);
  }

  @Test
  void oneAfterAnotherIsOneEach() throws Exception {
    GroupCommit<String, String> writes = writes(steps -> {});
    go.countDown();
    writes.write("a", 0, 1);
    writes.write("b", 0, 1);
    assertThat(commits).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void whatTheStoreRefusesOfOneFailsThatOneAlone() throws Exception {
    GroupCommit<String, String> writes =
        writes(
            steps -> {
              if (steps.contains("s2")) {
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
    writes.write("s4", 0, 1);
    assertThat(commits).contains(List.of("s4"));
  }

  /** Written again one by one, it might be there twice. */
  @Test
  void aBrokenConnectionIsToldToEveryoneOfTheGroup() throws Exception {
    GroupCommit<String, String> writes =
        writes(
            steps -> {
              throw new DataAccessException("broken", new SQLException("broken", "08006"));
            });
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.addAll(calls(writes, 1, 4));
    go.countDown();
    for (Call call : calls) {
      assertThatThrownBy(call.end::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(DataAccessException.class);
    }
    assertThat(commits).isEmpty();
  }

  @Test
  void whoeverWaitedTooLongIsRefusedAndNothingIsWrittenOfIt() throws Exception {
    patience = Duration.ofNanos(-1);
    GroupCommit<String, String> writes = writes(steps -> {});
    go.countDown();
    assertThatThrownBy(() -> writes.write("a", 0, 1))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("nothing was begun");
    assertThat(commits).isEmpty();
  }

  @Test
  void largeEntriesAreNotHeldTogether() throws Exception {
    GroupCommit<String, String> writes = writes(steps -> {});
    List<Call> calls = calls(writes, 0, 1);
    begun.await();
    calls.add(new Call(writes, "large", Long.MAX_VALUE));
    calls.add(new Call(writes, "next", 1));
    go.countDown();
    join(calls);
    assertThat(commits).containsExactly(List.of("s0"), List.of("large"), List.of("next"));
  }

  @Test
  void afterItsEndItTakesNothing() {
    GroupCommit<String, String> writes = writes(steps -> {});
    writes.close();
    assertThatThrownBy(() -> writes.write("a", 0, 1)).isInstanceOf(DatabaseUnavailable.class);
  }

  @Test
  void anInterruptedCallerStillWaitsForItsCommit() throws Exception {
    GroupCommit<String, String> writes = writes(steps -> {});
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
  void whatFailsTogetherIsWrittenOneByOne() throws Exception {
    GroupCommit<String, String> writes =
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
    join(calls);
    assertThat(commits).containsExactly(List.of("s0"), List.of("s1"), List.of("s2"), List.of("s3"));
  }

  /** Writes what it is given; "stuck" is held up until it may go. */
  private GroupCommit<String, String> heldUp() {
    return writes(
        entries -> {
          if (entries.contains("stuck")) {
            begun.countDown();
            await(go);
          }
        },
        () -> {});
  }

  /** Long before anybody would look whether the first one is held up. */
  @Test
  void manyWhoWaitAreWrittenWhileAnotherGroupIsUnderWay() throws Exception {
    heldUp = Duration.ofHours(1);
    GroupCommit<String, String> writes = heldUp();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> stuck = callers.submit(() -> writes.write("stuck", "a", 1));
      begun.await();
      List<Future<String>> waiting = new ArrayList<>();
      for (int i = 0; i < GroupCommit.WORTH; i++) {
        String entry = "s" + i;
        waiting.add(callers.submit(() -> writes.write(entry, entry, 1)));
      }
      for (Future<String> each : waiting) {
        assertThat(each.get()).startsWith("wrote s");
      }
      assertThat(stuck).isNotDone();
      assertThat(commits).extracting(List::size).containsExactly(GroupCommit.WORTH);
      go.countDown();
    }
  }

  @Test
  void whatIsHeldUpHoldsUpOnlyItsOwnOrder() throws Exception {
    GroupCommit<String, String> writes = heldUp();
    CompletableFuture<String> stuck =
        CompletableFuture.supplyAsync(() -> writes.write("stuck", "a", 1));
    begun.await();
    CompletableFuture<String> after =
        CompletableFuture.supplyAsync(() -> writes.write("after it", "a", 1));
    assertThat(writes.write("beside it", "b", 1)).isEqualTo("wrote beside it");
    assertThat(stuck).isNotDone();
    assertThat(after).isNotDone();

    go.countDown();
    assertThat(after.join()).isEqualTo("wrote after it");
    assertThat(commits)
        .extracting(List::toString)
        .containsExactly("[beside it]", "[stuck]", "[after it]");
  }
}
