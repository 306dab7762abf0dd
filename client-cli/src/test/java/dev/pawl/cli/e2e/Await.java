package dev.pawl.cli.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for what other processes bring about. */
final class Await {
  /** Far beyond what a loaded machine needs; a failure alone waits this long. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final long LOOK_AGAIN_MS = 50;

  private Await() {}

  /** Returns once the condition holds, and fails with its description if that takes too long. */
  static void until(String condition, Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + condition);
      }
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS))
          .join();
    }
  }
}
