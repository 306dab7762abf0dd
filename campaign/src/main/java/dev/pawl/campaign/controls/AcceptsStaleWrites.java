package dev.pawl.campaign.controls;

import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;

/** Tokens are not compared: whoever once had a claim may still write. */
final class AcceptsStaleWrites extends ForwardingRepository {
  AcceptsStaleWrites(DataRepository store) {
    super(store);
  }

  private interface Write<T> {
    T under(Claim claim) throws MethodException;
  }

  private <T> T write(Claim claim, Write<T> write) throws MethodException {
    try {
      return write.under(claim);
    } catch (MethodException e) {
      if (e.failure().reason() != Reason.CLAIM_STALE) {
        throw e;
      }
      return write.under(newest(claim));
    }
  }

  private Claim newest(Claim stale) {
    StoredResource row = store.read(stale.key());
    if (row.effectiveState() == ResourceState.PRESENT) {
      ClaimRequest change =
          new ClaimRequest(
              row,
              ClaimMode.CHANGE,
              "a stale holder",
              Duration.ofSeconds(1),
              Duration.ZERO,
              Duration.ZERO,
              null,
              null);
      if (store.claim(change) instanceof ClaimAnswer.Granted granted) {
        return granted.claim();
      }
    }
    return new Claim(
        stale.key(),
        stale.mode(),
        row.fencingToken(),
        row.incarnation(),
        row.sendNumber(),
        stale.lease(),
        stale.takenNanos());
  }

  @Override
  public void amend(Claim claim, Intent intent) throws MethodException {
    write(
        claim,
        c -> {
          store.amend(c, intent);
          return c;
        });
  }

  @Override
  public StoredResource complete(Claim claim, Completion completion) throws MethodException {
    return write(claim, c -> store.complete(c, completion));
  }

  @Override
  public StoredResource abandon(Claim claim, Evidence why) throws MethodException {
    return write(claim, c -> store.abandon(c, why));
  }

  @Override
  public StoredResource doubt(Claim claim, Evidence why) throws MethodException {
    return write(claim, c -> store.doubt(c, why));
  }
}
