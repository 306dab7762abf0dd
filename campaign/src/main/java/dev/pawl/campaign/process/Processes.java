package dev.pawl.campaign.process;

import dev.pawl.model.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Processes on one virtual time, of which exactly one runs at any moment: it goes on until it
 * pauses, and then the one that wakes first does. So a run is the same every time. A lone process
 * runs on the caller's thread.
 */
public final class Processes {
  private final VirtualTime time = new VirtualTime();
  private final List<Process> alive = new ArrayList<>();
  private volatile @Nullable Process running;
  private @Nullable Thread driver;
  private int started;

  /** One of them. */
  final class Process {
    private final int number;
    private final Runnable body;
    private final Thread thread;
    private long wakeAt;

    private Process(Runnable body, Duration delay, @Nullable Thread on) {
      this.number = ++started;
      this.body = body;
      this.wakeAt = plus(time.nanoTime(), delay);
      this.thread = on == null ? Thread.ofVirtual().unstarted(this::runThread) : on;
    }

    private void runThread() {
      try {
        body.run();
      } finally {
        end(this);
      }
    }

    /** Lets the others run, and goes on after {@code delay}. */
    void pause(Duration delay) {
      wakeAt = plus(time.nanoTime(), delay);
      giveTurn(this);
    }

    /** Lets the others run until one of them wakes this one, or none is left. */
    void stop() {
      wakeAt = Long.MAX_VALUE;
      giveTurn(this);
    }

    boolean isStopped() {
      return wakeAt == Long.MAX_VALUE;
    }

    /** It goes on at the next turn. */
    void wake() {
      wakeAt = time.nanoTime();
    }
  }

  public VirtualTime time() {
    return time;
  }

  public Instant now() {
    return time.instant();
  }

  /** Runs one process, and all that are started meanwhile, to the end. */
  void run(java.util.function.Consumer<Process> body) {
    driver = Thread.currentThread();
    Process[] self = new Process[1];
    Process first = new Process(() -> body.accept(self[0]), Duration.ZERO, driver);
    self[0] = first;
    alive.add(first);
    running = first;
    try {
      first.body.run();
    } finally {
      end(first);
      while (!alive.isEmpty() || running != null) {
        LockSupport.park(this);
      }
    }
  }

  /** Starts another one, after a while. */
  void start(Duration delay, java.util.function.Consumer<Process> body) {
    Process[] self = new Process[1];
    self[0] = new Process(() -> body.accept(self[0]), delay, null);
    alive.add(self[0]);
  }

  private static long plus(long now, Duration delay) {
    return now + Math.max(0, delay.toNanos());
  }

  private void giveTurn(Process from) {
    Process next = earliest();
    if (next != from) {
      hand(next);
      while (running != from) {
        LockSupport.park(this);
      }
    }
  }

  private Process earliest() {
    Process first = alive.get(0);
    for (Process other : alive) {
      if (other.wakeAt < first.wakeAt
          || (other.wakeAt == first.wakeAt && other.number < first.number)) {
        first = other;
      }
    }
    if (!first.isStopped() && first.wakeAt > time.nanoTime()) {
      time.advance(Duration.ofNanos(first.wakeAt - time.nanoTime()));
    }
    return first;
  }

  private void hand(Process next) {
    running = next;
    if (next.thread.getState() == Thread.State.NEW) {
      next.thread.start();
    } else {
      LockSupport.unpark(next.thread);
    }
  }

  private void end(Process ended) {
    alive.remove(ended);
    if (alive.isEmpty()) {
      running = null;
      LockSupport.unpark(driver);
    } else {
      hand(earliest());
    }
  }
}
