package dev.pawl.bench;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what other processes bring about. */
final class Until {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LOOK_AGAIN_MS = 20;

  private Until() {}

  static void holds(String what, Callable<Boolean> condition) throws Exception {
    if (!within(PATIENCE, condition)) {
      throw new IllegalStateException("not within " + PATIENCE.toSeconds() + " s: " + what);
    }
  }

  static boolean within(Duration patience, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(LOOK_AGAIN_MS);
    }
    return true;
  }
}
