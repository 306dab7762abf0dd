package dev.pawl.load;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongUnaryOperator;

/** A clock that goes on when somebody waits, and a service that takes that clock's time. */
final class VirtualService implements Clock, Operation {
  static final long MILLI = 1_000_000;

  /** From when it was asked to when it answers. */
  private final LongUnaryOperator answersAt;

  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private long now;
  private long asked;

  private record Due(long at, Operation.Ended ended) {}

  /**
   * A service.
   *
   * @param answersAt the time at which it answers what it was asked at a time; at or before that
   *     time: never
   */
  VirtualService(LongUnaryOperator answersAt) {
    this.answersAt = answersAt;
  }

  /** Answers after a time, but for a stall: what it has then, it answers at the stall's end. */
  static VirtualService stalling(long nanos, long from, long to) {
    return new VirtualService(
        at -> {
          long usual = at + nanos;
          return usual >= from && usual < to ? to : usual;
        });
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void waitUntil(long nanos) {
    while (!due.isEmpty() && due.peek().at() <= nanos) {
      Due next = due.poll();
      now = next.at();
      next.ended().with(null);
    }
    now = Math.max(now, nanos);
  }

  @Override
  public void start(long number, Ended ended) {
    asked++;
    long at = answersAt.applyAsLong(now);
    if (at > now) {
      due.add(new Due(at, ended));
    }
  }

  long asked() {
    return asked;
  }
}
