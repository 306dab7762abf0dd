package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Reason;
import java.util.Set;

/**
 * When a failed step is tried again inside its attempt.
 *
 * @param limit tries after the first, at most 100; 0: none
 * @param backoff the waits between tries
 * @param on the reasons that are worth another try
 */
public record Retry(int limit, Backoff backoff, Set<Reason> on) {
  /** What is tried again when the file names no reasons: failures that pass by themselves. */
  public static final Set<Reason> TRANSIENT =
      Set.of(Reason.UNAVAILABLE, Reason.RATE_LIMITED, Reason.UNREACHABLE);

  public static final Retry NONE = new Retry(0, Backoff.DEFAULT, TRANSIENT);

  public Retry {
    requireNonNull(backoff, "backoff");
    on = Set.copyOf(on);
    if (limit < 0 || limit > 100) {
      throw new IllegalArgumentException("retry limit must be 0 to 100, is " + limit);
    }
  }

  /** Whether the given retry (1 for the first) is allowed after a failure for this reason. */
  public boolean allows(int retry, Reason reason) {
    return retry <= limit && on.contains(reason);
  }
}
