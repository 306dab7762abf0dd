package dev.pawl.server.engine;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.DataStore;
import jakarta.inject.Inject;
import java.util.Map;

/** Takes a client's word that its claim has made nothing. */
public final class AbandonClaim {
  private final DataStore data;

  @Inject
  public AbandonClaim(DataStore data) {
    this.data = data;
  }

  /**
   * Abandons; repeating it changes nothing.
   *
   * @param reason why it is certain
   * @throws ServerFailure QUARANTINE_OPEN for a RECONCILE claim before absence can be proven
   * @throws MethodException CLAIM_STALE
   */
  public StoredResource run(String token, String reason) throws MethodException {
    ClientClaim held = new ClaimTokens(data.installationId()).read(token);
    Claim claim = held.claim();
    StoredResource row = data.read(claim.key());
    if (isAbandoned(row, claim)) {
      return row;
    }
    if (claim.mode() == ClaimMode.RECONCILE && row.readAt().isBefore(held.absenceProvableAt())) {
      throw quarantineOpen(row, held);
    }
    try {
      return data.abandon(
          claim,
          new Evidence(
              "a client says that nothing was made",
              Json.object()
                  .put("reason", reason)
                  .put("mode", claim.mode().name())
                  .put("fencingToken", claim.fencingToken())
                  .put("at", row.readAt().toString())));
    } catch (MethodException e) {
      StoredResource now = data.read(claim.key());
      if (e.failure().reason() == Reason.CLAIM_STALE && isAbandoned(now, claim)) {
        return now;
      }
      throw e;
    }
  }

  private static boolean isAbandoned(StoredResource row, Claim claim) {
    return (row.state() == ResourceState.ABSENT || row.state() == ResourceState.DELETED)
        && row.incarnation() == claim.incarnation()
        && row.fencingToken() == claim.fencingToken();
  }

  private static ServerFailure quarantineOpen(StoredResource row, ClientClaim held) {
    return ServerFailure.of(
            Reason.Code.FAILED_PRECONDITION,
            "QUARANTINE_OPEN",
            row.key()
                + " may still come into being: a look that finds nothing proves absence only after "
                + held.absenceProvableAt()
                + "; look again then, and keep the claim by Renew until that")
        .with(Map.of("quarantine_end_time", held.absenceProvableAt().toString()));
  }
}
