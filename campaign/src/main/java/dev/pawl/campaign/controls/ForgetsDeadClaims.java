package dev.pawl.campaign.controls;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;

/** As if the intent were kept in memory until the answer came: a dead holder leaves no trace. */
final class ForgetsDeadClaims extends ForwardingRepository {
  ForgetsDeadClaims(DataRepository store) {
    super(store);
  }

  @Override
  public StoredResource read(ResourceKey key) {
    StoredResource row = store.read(key);
    boolean left = row.state() == ResourceState.CLAIMED && row.leaseExpired();
    if (left && row.claim() != null && row.claim().mode() == ClaimMode.CREATE) {
      forget(row);
      return withoutProof(store.read(key));
    }
    return withoutProof(row);
  }

  @Override
  public ClaimAnswer claim(ClaimRequest request) {
    ClaimAnswer answer = store.claim(request);
    return answer instanceof ClaimAnswer.Granted granted
        ? new ClaimAnswer.Granted(granted.claim(), withoutProof(granted.row()))
        : answer;
  }

  /** Whoever wrote nothing has proven nothing either. */
  private static StoredResource withoutProof(StoredResource row) {
    return new StoredResource(
        row.key(),
        row.state(),
        row.incarnation(),
        row.version(),
        row.sendNumber(),
        row.externalId(),
        row.account(),
        row.identity(),
        row.data(),
        row.arguments(),
        row.fingerprint(),
        row.confirmed(),
        row.presentSince(),
        row.verifiedAt(),
        row.tombstone(),
        row.fencingToken(),
        row.claim(),
        null,
        row.createdAt(),
        row.readAt());
  }

  private void forget(StoredResource row) {
    ClaimAnswer answer =
        store.claim(
            new ClaimRequest(
                row,
                ClaimMode.RECONCILE,
                "nobody",
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                null,
                null));
    try {
      if (answer instanceof ClaimAnswer.Granted granted) {
        store.abandon(granted.claim(), new Evidence("never written", Json.object()));
      }
    } catch (MethodException e) {
      throw new IllegalStateException(e);
    }
  }
}
