package dev.pawl.server.models;

import com.fasterxml.jackson.databind.JsonNode;
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

/** What is stored, for those who may not change it: a write is a defect of theirs. */
record ReadOnlyData(DataRepository stored) implements DataRepository {

  @Override
  public StoredResource read(ResourceKey key) {
    return stored.read(key);
  }

  @Override
  public Set<String> ownedByOthers(
      ResourceKey key, String account, Collection<String> externalIds) {
    return stored.ownedByOthers(key, account, externalIds);
  }

  @Override
  public String installationId() {
    return stored.installationId();
  }

  @Override
  public ClaimAnswer claim(ClaimRequest request) {
    throw refused();
  }

  @Override
  public Claim renew(Claim claim) {
    throw refused();
  }

  @Override
  public void amend(Claim claim, Intent intent) {
    throw refused();
  }

  @Override
  public StoredResource complete(Claim claim, Completion completion) {
    throw refused();
  }

  @Override
  public StoredResource abandon(Claim claim, Evidence why) {
    throw refused();
  }

  @Override
  public StoredResource doubt(Claim claim, Evidence why) {
    throw refused();
  }

  @Override
  public StoredResource confirm(StoredResource read, JsonNode data) {
    throw refused();
  }

  @Override
  public StoredResource bury(StoredResource read, StoredResource.Tombstone.Cause cause) {
    throw refused();
  }

  @Override
  public StoredResource bury(Claim claim, StoredResource.Tombstone.Cause cause) {
    throw refused();
  }

  @Override
  public void probed(StoredResource read, Collection<String> others) {
    throw refused();
  }

  @Override
  public void note(ResourceKey key, Evidence evidence) {
    throw refused();
  }

  private static IllegalStateException refused() {
    return new IllegalStateException("a preview may read what is stored, and write nothing");
  }
}
