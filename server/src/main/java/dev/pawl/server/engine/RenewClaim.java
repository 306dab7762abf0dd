package dev.pawl.server.engine;

import dev.pawl.model.MethodException;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.StoredResource.OpenClaim;
import dev.pawl.server.store.DataStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Prolongs a client's claim. */
public final class RenewClaim {
  private final DataStore data;

  @Inject
  public RenewClaim(DataStore data) {
    this.data = data;
  }

  /**
   * Prolongs from now.
   *
   * @param lease null: as long as the claim asked for
   * @return when the lease ends, on the database's clock
   * @throws MethodException CLAIM_STALE: the holder must stop at once
   */
  public Instant run(String token, @Nullable Duration lease) throws MethodException {
    Claim held = new ClaimTokens(data.installationId()).read(token).claim();
    Claim renewed =
        data.renew(
            new Claim(
                held.key(),
                held.mode(),
                held.fencingToken(),
                held.incarnation(),
                held.sendNumber(),
                lease == null ? held.lease() : lease,
                System.nanoTime()));
    var row = data.read(renewed.key());
    OpenClaim open = row.claim();
    return open == null ? row.readAt() : open.leaseUntil();
  }
}
