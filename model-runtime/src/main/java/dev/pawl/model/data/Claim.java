package dev.pawl.model.data;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.ResourceKey;
import java.time.Duration;

/**
 * The right of one holder to act on a row.
 *
 * @param key the row
 * @param mode what it gives the right to do
 * @param fencingToken higher than that of every earlier claim on the row
 * @param incarnation the row's incarnation
 * @param sendNumber the number of the send that it covers
 * @param lease its length; counted from {@code takenNanos}
 * @param takenNanos {@link System#nanoTime()} from before the claim was asked for, so that the
 *     holder's clock always runs out first
 */
public record Claim(
    ResourceKey key,
    ClaimMode mode,
    long fencingToken,
    long incarnation,
    int sendNumber,
    Duration lease,
    long takenNanos) {
  public Claim {
    requireNonNull(key, "key");
    requireNonNull(mode, "mode");
    requireNonNull(lease, "lease");
  }

  /** What is left of the lease at {@code nowNanos}; negative when it has run out. */
  public Duration left(long nowNanos) {
    return lease.minusNanos(nowNanos - takenNanos);
  }
}
