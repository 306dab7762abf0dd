package dev.pawl.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Operations at even distances, whether or not those before have ended.
 *
 * @param perSecond how many
 * @param mostAtOnce how many may be under way; what would be one more waits, and its time counts
 */
record FixedRate(double perSecond, int mostAtOnce) implements Loop {
  private static final double NANOS = 1e9;
  private static final long LOOK_AGAIN = 50_000;

  @Override
  public Outcome run(
      Operation operation, AtomicLong numbers, Clock clock, Lengths lengths, Edges edges)
      throws InterruptedException {
    long start = clock.nanos();
    Window window = Window.after(start, lengths.warm(), lengths.window());
    Tally tally = new Tally(window);
    AtomicInteger open = new AtomicInteger();
    boolean begun = false;
    for (long i = 0; tally.failures() <= MOST_FAILURES; i++) {
      long due = start + (long) (i * NANOS / perSecond);
      if (due - window.to() >= 0) {
        break;
      }
      clock.waitUntil(due);
      if (!begun && window.holds(due)) {
        begun = true;
        edges.begin();
      }
      awaitRoom(open, mostAtOnce - 1, clock, window.to() + GRACE);
      if (open.get() >= mostAtOnce) {
        break;
      }
      send(operation, numbers.incrementAndGet(), due, clock, tally, open);
    }
    clock.waitUntil(window.to());
    edges.end();
    awaitRoom(open, 0, clock, window.to() + GRACE);
    return tally.outcome(open.get());
  }

  private static void send(
      Operation operation, long number, long due, Clock clock, Tally tally, AtomicInteger open) {
    open.incrementAndGet();
    tally.sent(due, clock.nanos());
    operation.start(
        number,
        failure -> {
          tally.endedByRate(due, clock.nanos(), failure);
          open.decrementAndGet();
        });
  }

  private static void awaitRoom(AtomicInteger open, int most, Clock clock, long atMost)
      throws InterruptedException {
    while (open.get() > most && clock.nanos() - atMost < 0) {
      clock.waitUntil(clock.nanos() + LOOK_AGAIN);
    }
  }
}
