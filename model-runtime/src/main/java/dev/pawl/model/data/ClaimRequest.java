package dev.pawl.model.data;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wish to act on a row exactly as it was read.
 *
 * @param read the row as read; any change of state, incarnation, version or fencing token since
 *     then refuses the claim
 * @param mode CREATE takes an ABSENT or DELETED row, CHANGE a PRESENT one, RECONCILE one IN_DOUBT
 *     or CLAIMED by a holder whose lease has run out
 * @param holder a readable name for those who wait
 * @param lease how long the right lasts unless renewed; above zero, at most 10 minutes
 * @param sendWithin the effect is sent within this from now, or not at all; at most the lease
 * @param allowance how long the API may take to act on what was sent
 * @param fingerprint of the arguments
 * @param intent what will be sent; null where a client runs the create, and for RECONCILE, which
 *     keeps the row's own
 */
public record ClaimRequest(
    StoredResource read,
    ClaimMode mode,
    String holder,
    Duration lease,
    Duration sendWithin,
    Duration allowance,
    @Nullable String fingerprint,
    @Nullable Intent intent) {
  /** The longest lease. */
  public static final Duration MAX_LEASE = Duration.ofMinutes(10);

  public ClaimRequest {
    requireNonNull(read, "read");
    requireNonNull(mode, "mode");
    requireNonNull(holder, "holder");
    if (lease.isNegative() || lease.isZero() || lease.compareTo(MAX_LEASE) > 0) {
      throw new IllegalArgumentException(
          "lease " + lease + " must be above zero and at most " + MAX_LEASE);
    }
    if (sendWithin.compareTo(lease) > 0) {
      throw new IllegalArgumentException(
          "the send deadline " + sendWithin + " must not outlive the lease " + lease);
    }
  }
}
