package dev.pawl.model;

import java.time.Duration;

/**
 * The protocol's times (DESIGN section 4, rule 15).
 *
 * @param lease how long a claim lasts without renewal; default 30 s
 * @param createDeadline a create is answered within this or in doubt; default 15 s, below the lease
 * @param processingAllowance how long an API may take to act on what was sent; default 30 s
 * @param settle between two looks that must agree; default 2 s
 * @param readTimeout for one read of the API; default 15 s
 * @param claimWait how long to wait for another holder; default 5 min
 * @param readyWait how long to wait for a resource to become ready; default 10 min
 */
public record Timing(
    Duration lease,
    Duration createDeadline,
    Duration processingAllowance,
    Duration settle,
    Duration readTimeout,
    Duration claimWait,
    Duration readyWait) {
  public static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10));

  public Timing {
    if (createDeadline.compareTo(lease) >= 0) {
      throw new IllegalArgumentException(
          "the create deadline " + createDeadline + " must be shorter than the lease " + lease);
    }
  }

  /** From the durable intent on, nothing may be taken as proven absent for this long. */
  public Duration quarantine() {
    return createDeadline.plus(processingAllowance);
  }
}
