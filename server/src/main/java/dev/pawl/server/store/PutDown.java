package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run is put down.
 *
 * @param timeLeft until the attempt times out; zero once it has, which wakes nobody; null for
 *     never, or once it stops for another reason
 */
public record PutDown(Wake wake, @Nullable Duration timeLeft) {

  /** When the next executor takes it. */
  public enum Wake {
    /** When something that it waits for has come. */
    WITH_NEWS,
    /** At once: this executor is leaving. */
    AT_ONCE
  }

  public PutDown {
    requireNonNull(wake, "wake");
  }
}
