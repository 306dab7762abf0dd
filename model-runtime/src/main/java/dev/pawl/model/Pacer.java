package dev.pawl.model;

import java.time.Duration;

/** Time as the protocol sees it, so that tests need not wait. */
public interface Pacer {
  /** A monotonic clock, in nanoseconds. */
  long nanoTime();

  /** Waits; interrupted when the step is cancelled or its executor lost its lease. */
  void pause(Duration time) throws InterruptedException;

  /** Real time. */
  Pacer SYSTEM =
      new Pacer() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
          java.util.concurrent.TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
      };
}
