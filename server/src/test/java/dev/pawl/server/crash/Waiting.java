package dev.pawl.server.crash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what another process does. */
final class Waiting {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private Waiting() {}

  /** Asks again and again. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(String what, Condition condition) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      if (System.nanoTime() > end || never.await(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("not within two minutes: " + what);
      }
    }
  }
}
