package dev.pawl.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts what happened in a window, from any thread. */
final class Tally {
  private static final long HOUR = 3_600_000_000_000L;
  private static final int DIGITS = 3;

  private final Window window;
  private final Histogram latencies = new ConcurrentHistogram(HOUR, DIGITS);
  private final Histogram lateness = new ConcurrentHistogram(HOUR, DIGITS);
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong longest = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  Tally(Window window) {
    this.window = window;
  }

  /** Of a closed loop: counts if it ended in the window, whenever it began. */
  void endedByLoop(long began, long end, @Nullable Throwable failure) {
    if (failed(failure)) {
      return;
    }
    if (end - window.from() >= 0) {
      // Also after the window: whoever waits past its end must not be forgotten.
      longest.accumulateAndGet(end - began, Math::max);
    }
    if (window.holds(end)) {
      ended.incrementAndGet();
      latencies.recordValue(end - began);
    }
  }

  /**
   * Of a fixed rate: counts if it was due in the window, however late it began or ended, and by
   * what a caller saw who came when it was due. What was left out because of a stall would be the
   * very operations that the stall has hurt (coordinated omission).
   */
  void endedByRate(long due, long end, @Nullable Throwable failure) {
    if (failed(failure)) {
      return;
    }
    if (window.holds(end)) {
      ended.incrementAndGet();
    }
    if (window.holds(due)) {
      longest.accumulateAndGet(end - due, Math::max);
      latencies.recordValue(Math.min(HOUR, end - due));
    }
  }

  /** How much later than it was due the generator itself sent an operation. */
  void sent(long due, long at) {
    if (window.holds(due)) {
      lateness.recordValue(Math.min(HOUR, Math.max(0, at - due)));
    }
  }

  long failures() {
    return failures.get();
  }

  private boolean failed(@Nullable Throwable failure) {
    if (failure == null) {
      return false;
    }
    first.compareAndSet(null, failure);
    failures.incrementAndGet();
    return true;
  }

  Outcome outcome(long unfinished) {
    return new Outcome(
        window.seconds(),
        ended.get(),
        failures.get(),
        unfinished,
        first.get(),
        longest.get(),
        latencies.copy(),
        lateness.copy());
  }
}
