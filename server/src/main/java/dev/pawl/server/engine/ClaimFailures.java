package dev.pawl.server.engine;

import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.OpenClaim;
import dev.pawl.server.failure.ServerFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/** The refusals that concern claims, each with its offender and way out. */
final class ClaimFailures {
  private ClaimFailures() {}

  static ServerFailure held(StoredResource row) {
    OpenClaim open = row.claim();
    String holder = open == null ? "another caller" : open.holder();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("holder", holder);
    if (open != null) {
      facts.put("lease_expire_time", open.leaseUntil().toString());
    }
    return ServerFailure.of(
            Reason.Code.ABORTED,
            Reason.CLAIM_HELD.name(),
            row.key() + " is held by " + holder + "; call again once it has finished")
        .with(facts);
  }

  static ServerFailure inDoubt(StoredResource row) {
    return ServerFailure.of(
        Reason.Code.FAILED_PRECONDITION,
        Reason.IN_DOUBT.name(),
        row.key()
            + " is in doubt: a create was sent and its outcome is not known; look at the API, then"
            + " decide by ResolveResource (pawl data resolve), or claim it in RECONCILE mode");
  }

  /** Who resolves finds nothing to resolve. */
  static ServerFailure notInDoubt(StoredResource row, String wayOut) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("state", row.effectiveState().name());
    if (row.externalId() != null) {
      facts.put("external_id", row.externalId());
    }
    return ServerFailure.of(
            Reason.Code.FAILED_PRECONDITION,
            "NOT_IN_DOUBT",
            row.key()
                + " is "
                + row.effectiveState()
                + (row.externalId() == null ? "" : " with the id " + row.externalId())
                + ", so there is no doubt to resolve; "
                + wayOut)
        .with(facts);
  }

  /** A key stands for one object and is told of a second. */
  static ServerFailure duplicate(StoredResource row, String other, String stored) {
    return ServerFailure.of(
            Reason.Code.FAILED_PRECONDITION,
            "DUPLICATE",
            row.key()
                + " is already stored as "
                + stored
                + ", so "
                + other
                + " is a second object of the same name; delete one of them at the API")
        .with(Map.of("stored_id", stored, "other_id", other));
  }

  static ServerFailure accountMismatch(StoredResource row, String stored, String connected) {
    return ServerFailure.of(
            Reason.Code.FAILED_PRECONDITION,
            Reason.ACCOUNT_MISMATCH.name(),
            row.key()
                + " belongs to the account "
                + stored
                + ", and the connection is to "
                + connected
                + "; connect to the first, or use another namespace")
        .with(Map.of("stored_account", stored, "connection_account", connected));
  }

  static ServerFailure notFound(String what) {
    return ServerFailure.of(
        Reason.Code.NOT_FOUND,
        Reason.NOT_FOUND.name(),
        "nothing was ever stored under " + what + "; 'pawl data list' shows what is");
  }

  static ServerFailure versionChanged(StoredResource row, long expected) {
    return ServerFailure.of(
            Reason.Code.ABORTED,
            "VERSION_CHANGED",
            row.key()
                + " is at version "
                + row.version()
                + ", not at "
                + expected
                + "; read it again")
        .with(Map.of("version", Long.toString(row.version())));
  }
}
