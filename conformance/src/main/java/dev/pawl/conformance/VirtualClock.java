package dev.pawl.conformance;

import dev.pawl.model.testkit.VirtualTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The simulator's clock: the same that the models wait by. */
final class VirtualClock extends Clock {
  private final VirtualTime time;

  VirtualClock(VirtualTime time) {
    this.time = time;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return time.instant();
  }
}
