package dev.pawl.server.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs a run's tasks and knows when none is left. A task that begins others does so before it ends,
 * so once nothing is under way, all that has not ended waits for something outside the run.
 */
final class Activity implements Executor {
  private final Executor threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();
  private final ThreadLocal<Turn> here = new ThreadLocal<>();
  private int underWay;
  private boolean settled;
  private volatile boolean handingOver;

  /** What a thread works on, and what it has begun meanwhile. */
  private static final class Turn {
    private @Nullable Runnable next;

    @Nullable Runnable take() {
      Runnable task = next;
      next = null;
      return task;
    }
  }

  Activity(Executor threads) {
    this.threads = threads;
  }

  /**
   * Runs a task; drops it once the run is put down, for it will be looked at anew. The first one
   * that a task begins runs after it on the same thread: steps in a row need only one.
   */
  @Override
  public void execute(Runnable task) {
    if (!begin()) {
      return;
    }
    Turn turn = here.get();
    if (turn != null && turn.next == null) {
      turn.next = task;
    } else {
      threads.execute(() -> work(task));
    }
  }

  /** Runs a task here and now, and what follows from it. */
  void run(Runnable task) {
    if (begin()) {
      work(task);
    }
  }

  private void work(Runnable first) {
    Turn turn = new Turn();
    here.set(turn);
    try {
      for (@Nullable Runnable task = first; task != null; task = turn.take()) {
        try {
          task.run();
        } finally {
          end();
        }
      }
    } finally {
      here.remove();
      Runnable left = turn.take();
      if (left != null) {
        threads.execute(() -> work(left));
      }
    }
  }

  private boolean begin() {
    lock.lock();
    try {
      if (!settled) {
        underWay++;
      }
      return !settled;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      underWay--;
      if (underWay == 0) {
        quiet.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is under way. */
  void awaitQuiet() {
    lock.lock();
    try {
      while (underWay > 0) {
        quiet.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more tasks, if nothing is under way; whether it does. */
  boolean settle() {
    lock.lock();
    try {
      settled = underWay == 0;
      return settled;
    } finally {
      lock.unlock();
    }
  }

  /** What is under way ends here; what has not begun is for another executor. */
  void handOver() {
    handingOver = true;
  }

  boolean isHandingOver() {
    return handingOver;
  }
}
