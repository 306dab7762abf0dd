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
      return store.read(key);
    }
    return row;
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
