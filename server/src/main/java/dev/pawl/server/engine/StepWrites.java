package dev.pawl.server.engine;

import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.StaleRunException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the steps of one run. All writes of a run lock its row, so they come one after another in
 * any case: what arrives while one is under way is written together by the next, in the order it
 * came. Each caller returns once its own step is durable, and none waits for others to come.
 */
final class StepWrites {
  /** A step's output may have 1 MiB, and each is held a few times while it is sent. */
  static final int MOST = 32;

  private static final Logger LOG = LoggerFactory.getLogger(StepWrites.class);

  private final Commit commit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Ticket> queue = new ArrayDeque<>();
  private boolean busy;

  /** Writes steps: all or none. */
  @FunctionalInterface
  interface Commit {
    void run(List<StepRecord> steps) throws StaleRunException;
  }

  private enum Standing {
    QUEUED,
    /** Its caller writes the next group, which it is the first of. */
    LEADS,
    WRITTEN,
    STALE,
    /** Its group could not be written: its caller writes it alone. */
    LEFT
  }

  private static final class Ticket {
    private final StepRecord step;
    private final Condition moved;
    private Standing standing = Standing.QUEUED;
    private @Nullable StaleRunException stale;

    Ticket(StepRecord step, Condition moved) {
      this.step = step;
      this.moved = moved;
    }

    void move(Standing next) {
      standing = next;
      moved.signal();
    }
  }

  StepWrites(Commit commit) {
    this.commit = commit;
  }

  /**
   * Writes a step; an interrupt is kept for afterwards.
   *
   * @throws StaleRunException when the fence has refused it
   * @throws RuntimeException what the commit of this step alone has thrown; never another's failure
   */
  void write(StepRecord step) throws StaleRunException {
    Ticket mine = new Ticket(step, lock.newCondition());
    if (awaitTurn(mine) == Standing.LEADS) {
      lead();
    }
    switch (mine.standing) {
      case WRITTEN -> {}
      case STALE -> throw stale(mine);
      case LEFT -> commit.run(List.of(step));
      case QUEUED, LEADS ->
          throw new IllegalStateException("step " + step.key() + " was forgotten by its group");
    }
  }

  private Standing awaitTurn(Ticket mine) {
    lock.lock();
    try {
      queue.add(mine);
      if (!busy) {
        busy = true;
        mine.standing = Standing.LEADS;
      }
      while (mine.standing == Standing.QUEUED) {
        mine.moved.awaitUninterruptibly();
      }
      return mine.standing;
    } finally {
      lock.unlock();
    }
  }

  private void lead() {
    List<Ticket> group = takeGroup();
    Standing end = Standing.LEFT;
    try {
      commit.run(group.stream().map(ticket -> ticket.step).toList());
      end = Standing.WRITTEN;
    } catch (StaleRunException e) {
      end = Standing.STALE;
      group.forEach(ticket -> ticket.stale = e);
    } catch (RuntimeException e) {
      if (group.size() == 1) {
        throw e;
      }
      // Whose fault it is shows when each writes its own.
      LOG.debug("{} steps are written one by one: {}", group.size(), e.getMessage());
    } finally {
      release(group, end);
    }
  }

  private List<Ticket> takeGroup() {
    lock.lock();
    try {
      List<Ticket> group = new ArrayList<>();
      while (group.size() < MOST && !queue.isEmpty()) {
        group.add(queue.remove());
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void release(List<Ticket> group, Standing end) {
    lock.lock();
    try {
      group.forEach(ticket -> ticket.move(end));
      Ticket next = queue.peek();
      busy = next != null;
      if (next != null) {
        next.move(Standing.LEADS);
      }
    } finally {
      lock.unlock();
    }
  }

  private static StaleRunException stale(Ticket ticket) {
    StaleRunException stale = ticket.stale;
    if (stale == null) {
      throw new IllegalStateException("step " + ticket.step.key() + " is stale without a reason");
    }
    return stale;
  }
}
