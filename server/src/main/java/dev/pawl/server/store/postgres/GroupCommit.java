package dev.pawl.server.store.postgres;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jooq.exception.DataAccessException;

/**
 * Makes one commit of what many callers write at once: each of a few threads takes what has arrived
 * while it wrote the last group, in the order it came, and waits for nothing more. Each caller
 * returns once its own entry is durable. Entries of one lane are written by one thread, so none
 * overtakes another.
 */
final class GroupCommit<E, R> implements AutoCloseable {
  /** One can be slow, or be building its statement while the disk has nothing to do. */
  static final int LANES = 2;

  static final int MOST = 128;

  /** A group is held in memory a few times while it is sent. */
  private static final long MOST_CHARACTERS = 4_000_000;

  private static final int MOST_WAITING = 20_000;

  private final Batch<E, R> batch;
  private final Duration patience;
  private final List<Lane> lanes;

  /** Writes a group, all or none of it; an answer for each, in the same order. */
  @FunctionalInterface
  interface Batch<E, R> {
    List<R> write(List<E> entries);
  }

  private record Ticket<E, R>(E entry, long size, long asked, CompletableFuture<R> answer) {}

  /**
   * @param name of its threads
   * @param patience an entry that has waited longer for its turn is refused
   */
  GroupCommit(String name, Duration patience, Batch<E, R> batch) {
    this.batch = batch;
    this.patience = patience;
    this.lanes = IntStream.range(0, LANES).mapToObj(i -> new Lane(name + "-" + i)).toList();
  }

  /**
   * Writes an entry; an interrupt is kept for afterwards.
   *
   * @param lane entries of the same one are written in their order
   * @param size about how many characters it has
   * @throws DatabaseUnavailable when it waited too long, or too many wait: nothing was written
   * @throws RuntimeException what became of the group where its fate is not known, else of this
   *     entry alone
   */
  R write(E entry, int lane, long size) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    lanes.get(Math.floorMod(lane, LANES)).add(new Ticket<>(entry, size, System.nanoTime(), answer));
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Takes no more, and lets what has begun end. */
  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }

  /** One thread and what waits for it. */
  private final class Lane implements Runnable {
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Ticket<E, R>> queue = new ArrayDeque<>();
    private boolean closed;

    Lane(String name) {
      // Not a virtual one: an interrupt would close its connection.
      thread = Thread.ofPlatform().daemon().name(name).start(this);
    }

    void add(Ticket<E, R> ticket) {
      lock.lock();
      try {
        if (closed) {
          throw new DatabaseUnavailable("The database has been closed: Pawl is stopping.", null);
        }
        if (queue.size() >= MOST_WAITING) {
          throw new DatabaseUnavailable(
              MOST_WAITING + " writes wait for the database: nothing was begun, try later.", null);
        }
        queue.add(ticket);
        arrived.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void run() {
      List<Ticket<E, R>> group = next();
      while (!group.isEmpty()) {
        write(group);
        group = next();
      }
    }

    /** Empty once it is closed and nothing waits. */
    private List<Ticket<E, R>> next() {
      lock.lock();
      try {
        while (queue.isEmpty() && !closed) {
          arrived.awaitUninterruptibly();
        }
        List<Ticket<E, R>> group = new ArrayList<>();
        long size = 0;
        while (!queue.isEmpty() && group.size() < MOST && size <= MOST_CHARACTERS) {
          Ticket<E, R> ticket = queue.remove();
          size += ticket.size();
          group.add(ticket);
        }
        return group;
      } finally {
        lock.unlock();
      }
    }

    void close() {
      lock.lock();
      try {
        closed = true;
        arrived.signal();
      } finally {
        lock.unlock();
      }
      boolean interrupted = Thread.interrupted();
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void write(List<Ticket<E, R>> group) {
    List<Ticket<E, R>> patient = new ArrayList<>(group.size());
    for (Ticket<E, R> ticket : group) {
      Duration waited = Duration.ofNanos(System.nanoTime() - ticket.asked());
      if (waited.compareTo(patience) > 0) {
        ticket
            .answer()
            .completeExceptionally(
                new DatabaseUnavailable(
                    "The database was busy for "
                        + waited.toSeconds()
                        + " s: nothing was begun, try again later.",
                    null));
      } else {
        patient.add(ticket);
      }
    }
    if (!patient.isEmpty()) {
      writePatient(patient);
    }
  }

  private void writePatient(List<Ticket<E, R>> group) {
    try {
      List<R> answers = batch.write(group.stream().map(Ticket::entry).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).answer().complete(answers.get(i));
      }
    } catch (RuntimeException | Error e) {
      if (group.size() == 1 || mayBeWritten(e)) {
        group.forEach(ticket -> ticket.answer().completeExceptionally(e));
      } else {
        // Whose fault it is shows when each is written alone.
        group.forEach(ticket -> writePatient(List.of(ticket)));
      }
    }
  }

  private static boolean mayBeWritten(Throwable e) {
    return e instanceof DataAccessException broken && SqlStates.isBrokenConnection(broken);
  }
}
