package dev.pawl.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Callers who each ask again as soon as they have their answer.
 *
 * @param callers how many
 */
record ClosedLoop(int callers) implements Loop {
  private static final long LOOK_AGAIN = 1_000_000;

  @Override
  public Outcome run(
      Operation operation, AtomicLong numbers, Clock clock, Lengths lengths, Edges edges)
      throws InterruptedException {
    Window window = Window.after(clock.nanos(), lengths.warm(), lengths.window());
    Tally tally = new Tally(window);
    AtomicInteger open = new AtomicInteger(callers);
    for (int i = 0; i < callers; i++) {
      new Caller(operation, numbers, clock, window, tally, open).next();
    }
    clock.waitUntil(window.from());
    edges.begin();
    clock.waitUntil(window.to());
    edges.end();
    while (open.get() > 0 && clock.nanos() - window.to() < GRACE) {
      clock.waitUntil(clock.nanos() + LOOK_AGAIN);
    }
    return tally.outcome(open.get());
  }

  private record Caller(
      Operation operation,
      AtomicLong numbers,
      Clock clock,
      Window window,
      Tally tally,
      AtomicInteger open) {
    void next() {
      long began = clock.nanos();
      if (began - window.to() >= 0 || tally.failures() > MOST_FAILURES) {
        open.decrementAndGet();
        return;
      }
      operation.start(
          numbers.incrementAndGet(),
          failure -> {
            tally.endedByLoop(began, clock.nanos(), failure);
            next();
          });
    }
  }
}
