package dev.pawl.model.rest;

import dev.pawl.model.MethodContext;
import java.time.Duration;

/** How often an API is asked again for what takes its time, and for how long. */
final class Patience {
  private static final long LONGEST_PAUSE = 5_000;

  private final MethodContext context;
  private final long started;
  private long pause = 200;

  Patience(MethodContext context) {
    this.context = context;
    this.started = context.pacer().nanoTime();
  }

  Duration waited() {
    return Duration.ofNanos(context.pacer().nanoTime() - started);
  }

  /** Whether that was longer than a connection gives what is made to become ready. */
  boolean isOver() {
    return waited().compareTo(context.timing().readyWait()) > 0;
  }

  /** The pause before the next question: twice the one before. */
  Duration next() {
    Duration now = Duration.ofMillis(pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    return now;
  }

  void pause() throws InterruptedException {
    context.pacer().pause(next());
  }
}
