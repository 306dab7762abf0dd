package dev.pawl.load;

import java.util.concurrent.atomic.AtomicLong;

/** A way to ask for operations over and over. */
sealed interface Loop permits ClosedLoop, FixedRate {
  /** Once more have failed, a loop gives up: it would measure how fast errors are. */
  int MOST_FAILURES = 1_000;

  long GRACE = 60_000_000_000L;

  /**
   * Runs through warm-up and window, and waits for what is still under way then.
   *
   * @param numbers where operations get their numbers from
   * @param edges told at the window's begin and end
   */
  Outcome run(Operation operation, AtomicLong numbers, Clock clock, Lengths lengths, Edges edges)
      throws InterruptedException;

  /**
   * How long.
   *
   * @param warm seconds before the window
   * @param window seconds
   */
  record Lengths(double warm, double window) {}

  /** Hears of the window's begin and end; must not take long. */
  interface Edges {
    Edges NONE =
        new Edges() {
          @Override
          public void begin() {}

          @Override
          public void end() {}
        };

    void begin();

    void end();
  }
}
