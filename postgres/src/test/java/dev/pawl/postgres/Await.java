package dev.pawl.postgres;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something that tells nobody when it happens. */
final class Await {
  private Await() {}

  static void until(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      if (never.await(20, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody opens this latch");
      }
    }
  }
}
