package dev.pawl.server.store.postgres;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.StoredResource;
import java.util.List;

/** What a write of a resource is refused with. */
final class Refusals {
  private Refusals() {}

  static MethodException stale(Claim claim) {
    return MethodException.notMade(
        Failure.of(
            Reason.CLAIM_STALE,
            claim.key()
                + " is no longer held under token "
                + claim.fencingToken()
                + "; read it again to see what became of it"));
  }

  static MethodException stale(StoredResource read) {
    return MethodException.notMade(
        Failure.of(
            Reason.CLAIM_STALE,
            read.key()
                + " is no longer at version "
                + read.version()
                + " of incarnation "
                + read.incarnation()
                + "; read it again"));
  }

  static MethodException tooLarge(ResourceKey key, long bytes, int limit) {
    return MethodException.unknown(
        Failure.of(
            Reason.LIMIT_EXCEEDED,
            "the data of "
                + key
                + " has "
                + bytes
                + " bytes as JSON; the limit for one stored value is "
                + limit
                + " (1 MiB); store less, or keep what is large elsewhere and store where it is"));
  }

  /** The owner is nobody's business outside its namespace. */
  static MethodException owned(ResourceKey key, String externalId, List<ResourceKey> owners) {
    String owner =
        owners.stream()
            .filter(each -> each.namespace().equals(key.namespace()))
            .map(ResourceKey::toString)
            .findFirst()
            .orElse("a key of another namespace");
    return MethodException.unknown(
        Failure.of(
            Reason.EXTERNAL_ID_OWNED,
            key
                + ": the object "
                + externalId
                + " is owned by "
                + owner
                + "; a second key can't own it, so delete one of them or resolve this one by"
                + " hand"));
  }
}
