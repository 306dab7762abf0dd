package dev.pawl.model.testkit;

import dev.pawl.model.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that passes only when somebody waits, and then at once. One clock for the caller's pauses
 * and for the store, so that leases and quarantines run out as they would in truth.
 *
 * <p>Every pause moves the one clock, so let only one thread at a time wait on it; where callers
 * race, use {@link Pacer#SYSTEM}.
 */
public final class VirtualTime implements Pacer, InstantSource {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private long passed;

  /** Lets time pass. */
  public synchronized void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not run back: " + time);
    }
    passed += time.toNanos();
  }

  @Override
  public synchronized long nanoTime() {
    return passed;
  }

  @Override
  public synchronized Instant instant() {
    return START.plusNanos(passed);
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a pause of " + time);
    }
    advance(time);
  }
}
