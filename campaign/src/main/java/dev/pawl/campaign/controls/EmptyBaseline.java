package dev.pawl.campaign.controls;

import dev.pawl.model.MethodException;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Intent;
import java.util.List;

/** What existed before the send is forgotten. */
final class EmptyBaseline extends ForwardingRepository {
  EmptyBaseline(DataRepository store) {
    super(store);
  }

  @Override
  public void amend(Claim claim, Intent intent) throws MethodException {
    store.amend(claim, intent.baseline() == null ? intent : intent.withBaseline(List.of()));
  }
}
