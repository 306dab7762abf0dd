package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between tries: {@code initial}, then {@code factor} times as long each time, at
 * most {@code max}.
 *
 * @param initial default 1 s
 * @param factor at least 1; default 2
 * @param max default 30 s
 * @param jitter the part of the wait that is left to chance, 0 to 1; default 0.2
 */
public record Backoff(Duration initial, double factor, Duration max, double jitter) {
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.2);

  public Backoff {
    requireNonNull(initial, "initial");
    requireNonNull(max, "max");
    if (!(factor >= 1) || !(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException(
          "backoff needs factor >= 1 and jitter in [0, 1], got factor "
              + factor
              + " and jitter "
              + jitter);
    }
  }

  /**
   * The wait before a retry.
   *
   * @param retry 1 for the first retry
   * @param chance where the jitter comes from
   */
  public Duration before(int retry, RandomGenerator chance) {
    double millis = initial.toMillis() * Math.pow(factor, Math.max(0, retry - 1));
    double capped = Math.min(millis, max.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 - jitter * chance.nextDouble())));
  }
}
