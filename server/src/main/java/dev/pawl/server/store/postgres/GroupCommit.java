package dev.pawl.server.store.postgres;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jooq.exception.DataAccessException;

/**
 * Makes one commit of what many callers write at once: a thread takes what has arrived while the
 * last group was written, in the order it came, and waits for nothing more. Each caller returns
 * once its own entry is durable. A second thread helps where much waits, or the first one is held
 * up; entries of one order are never under way twice, so none overtakes another.
 */
final class GroupCommit<E, R> implements AutoCloseable {
  /** One can be slow. */
  static final int FLUSHERS = 2;

  static final int MOST = 128;

  /** So many are worth a statement of their own while another one is under way. */
  static final int WORTH = 4;

  private static final Duration HELD_UP = Duration.ofMillis(10);

  /** A group is held in memory a few times while it is sent. */
  private static final long MOST_CHARACTERS = 4_000_000;

  private static final int MOST_WAITING = 20_000;

  private final Batch<E, R> batch;
  private final Duration patience;
  private final boolean apart;
  private final long heldUp;
  private final List<Thread> flushers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<Ticket<E, R>> queue = new ArrayDeque<>();
  private final Set<Object> underWay = new HashSet<>();
  private int writing;
  private int asleep;
  private boolean closed;

  /** Writes a group, all or none of it; an answer for each, in the same order. */
  @FunctionalInterface
  interface Batch<E, R> {
    List<R> write(List<E> entries);
  }

  private record Ticket<E, R>(
      E entry, Object order, long size, long asked, CompletableFuture<R> answer) {}

  /**
   * @param name of its threads
   * @param patience an entry that has waited longer for its turn is refused
   * @param apart whether a group has at most one entry of each order
   */
  GroupCommit(String name, Duration patience, boolean apart, Batch<E, R> batch) {
    this(name, patience, apart, HELD_UP, batch);
  }

  /**
   * The same.
   *
   * @param heldUp after so long somebody looks whether the other one is held up; default 10 ms
   */
  GroupCommit(String name, Duration patience, boolean apart, Duration heldUp, Batch<E, R> batch) {
    this.batch = batch;
    this.patience = patience;
    this.apart = apart;
    this.heldUp = heldUp.toNanos();
    // Not virtual ones: an interrupt would close their connections.
    this.flushers =
        IntStream.range(0, FLUSHERS)
            .mapToObj(i -> Thread.ofPlatform().daemon().name(name + "-" + i).start(this::flush))
            .toList();
  }

  /**
   * Writes an entry; an interrupt is kept for afterwards.
   *
   * @param order entries of the same one are written in the order they came
   * @param size about how many characters it has
   * @throws DatabaseUnavailable when it waited too long, or too many wait: nothing was written
   * @throws RuntimeException what became of the group where its fate is not known, else of this
   *     entry alone
   */
  R write(E entry, Object order, long size) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    add(new Ticket<>(entry, order, size, System.nanoTime(), answer));
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

  private void add(Ticket<E, R> ticket) {
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
      if (writing == 0 || queue.size() == WORTH) {
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void flush() {
    List<Ticket<E, R>> group = next(List.of());
    while (!group.isEmpty()) {
      write(group);
      group = next(group);
    }
  }

  /** Empty once it is closed and nothing waits. */
  private List<Ticket<E, R>> next(List<Ticket<E, R>> written) {
    lock.lock();
    try {
      if (!written.isEmpty()) {
        writing--;
        written.forEach(ticket -> underWay.remove(ticket.order()));
      }
      while (true) {
        List<Ticket<E, R>> group = isTime() ? take() : List.of();
        if (!group.isEmpty()) {
          writing++;
          if (asleep > 0) {
            // To look after this one, if it is held up.
            arrived.signal();
          }
          return group;
        }
        if (closed && queue.isEmpty()) {
          arrived.signalAll();
          return group;
        }
        rest();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isTime() {
    Ticket<E, R> oldest = queue.peek();
    return oldest != null
        && (writing == 0 || queue.size() >= WORTH || System.nanoTime() - oldest.asked() > heldUp);
  }

  private void rest() {
    if (writing > 0) {
      awaitHeldUp();
    } else {
      asleep++;
      arrived.awaitUninterruptibly();
      asleep--;
    }
  }

  private void awaitHeldUp() {
    try {
      long unused = arrived.awaitNanos(heldUp);
    } catch (InterruptedException e) {
      // Nobody of ours interrupts these threads, and there is nothing to be stopped by it.
    }
  }

  /** In the order they came, but for those that are under way in another group. */
  private List<Ticket<E, R>> take() {
    List<Ticket<E, R>> group = new ArrayList<>();
    Set<Object> orders = new HashSet<>();
    long size = 0;
    Iterator<Ticket<E, R>> waiting = queue.iterator();
    while (waiting.hasNext() && group.size() < MOST && size <= MOST_CHARACTERS) {
      Ticket<E, R> ticket = waiting.next();
      boolean first = !orders.contains(ticket.order());
      if ((first || !apart) && !underWay.contains(ticket.order())) {
        waiting.remove();
        size += ticket.size();
        orders.add(ticket.order());
        group.add(ticket);
      }
    }
    underWay.addAll(orders);
    return group;
  }

  /** Takes no more, and lets what has begun end. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = Thread.interrupted();
    for (Thread flusher : flushers) {
      interrupted |= !joined(flusher);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean joined(Thread flusher) {
    try {
      flusher.join();
      return true;
    } catch (InterruptedException e) {
      return false;
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
