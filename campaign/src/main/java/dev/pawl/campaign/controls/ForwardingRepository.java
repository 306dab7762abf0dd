package dev.pawl.campaign.controls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import java.util.Collection;
import java.util.Set;

/** A store that changes nothing. */
abstract class ForwardingRepository implements DataRepository {
  final DataRepository store;

  ForwardingRepository(DataRepository store) {
    this.store = store;
  }

  @Override
  public StoredResource read(ResourceKey key) {
    return store.read(key);
  }

  @Override
  public ClaimAnswer claim(ClaimRequest request) {
    return store.claim(request);
  }

  @Override
  public Claim renew(Claim claim) throws MethodException {
    return store.renew(claim);
  }

  @Override
  public void amend(Claim claim, Intent intent) throws MethodException {
    store.amend(claim, intent);
  }

  @Override
  public StoredResource complete(Claim claim, Completion completion) throws MethodException {
    return store.complete(claim, completion);
  }

  @Override
  public StoredResource abandon(Claim claim, Evidence why) throws MethodException {
    return store.abandon(claim, why);
  }

  @Override
  public StoredResource doubt(Claim claim, Evidence why) throws MethodException {
    return store.doubt(claim, why);
  }

  @Override
  public StoredResource confirm(StoredResource read, JsonNode data) throws MethodException {
    return store.confirm(read, data);
  }

  @Override
  public StoredResource bury(StoredResource read, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    return store.bury(read, cause);
  }

  @Override
  public StoredResource bury(Claim claim, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    return store.bury(claim, cause);
  }

  @Override
  public void probed(StoredResource read, Collection<String> others) throws MethodException {
    store.probed(read, others);
  }

  @Override
  public void note(ResourceKey key, Evidence evidence) {
    store.note(key, evidence);
  }

  @Override
  public Set<String> ownedByOthers(
      ResourceKey key, String account, Collection<String> externalIds) {
    return store.ownedByOthers(key, account, externalIds);
  }

  @Override
  public String installationId() {
    return store.installationId();
  }
}
