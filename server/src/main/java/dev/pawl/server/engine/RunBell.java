package dev.pawl.server.engine;

import dev.pawl.server.run.RunKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes watchers of runs of this process when something was written. Runs of other processes are
 * looked at again after a while, so a missed ring costs time and nothing else.
 */
@Singleton
final class RunBell {
  private final ConcurrentHashMap<RunKey, Door> doors = new ConcurrentHashMap<>();

  @Inject
  RunBell() {}

  private static final class Door {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long rings;
    private int waiting;
  }

  void ring(RunKey run) {
    Door door = doors.get(run);
    if (door == null) {
      return;
    }
    door.lock.lock();
    try {
      door.rings++;
      door.rung.signalAll();
    } finally {
      door.lock.unlock();
    }
  }

  /** Somebody begins to watch a run; {@link Watch#close} ends it. */
  Watch watch(RunKey run) {
    Door door =
        doors.compute(
            run,
            (k, d) -> {
              Door used = d == null ? new Door() : d;
              used.waiting++;
              return used;
            });
    return new Watch(run, door);
  }

  /** One watcher. */
  final class Watch implements AutoCloseable {
    private final RunKey run;
    private final Door door;
    private long seen;

    private Watch(RunKey run, Door door) {
      this.run = run;
      this.door = door;
    }

    /** Waits for a ring since the last call, at most so long. */
    void await(Duration longest) throws InterruptedException {
      door.lock.lockInterruptibly();
      try {
        long left = longest.toNanos();
        while (door.rings == seen && left > 0) {
          left = door.rung.awaitNanos(left);
        }
        seen = door.rings;
      } finally {
        door.lock.unlock();
      }
    }

    @Override
    public void close() {
      doors.compute(
          run,
          (k, d) -> {
            if (d == null) {
              return null;
            }
            d.waiting--;
            return d.waiting == 0 ? null : d;
          });
    }
  }
}
