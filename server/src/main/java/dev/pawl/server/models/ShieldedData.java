package dev.pawl.server.models;

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
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import java.util.Collection;
import java.util.Set;

/** A repository whose calls are not interrupted half-way, whatever becomes of the caller. */
final class ShieldedData implements DataRepository {
  private final DataRepository repository;
  private final Shield shield;

  ShieldedData(DataRepository repository, Shield shield) {
    this.repository = repository;
    this.shield = shield;
  }

  @Override
  public StoredResource read(ResourceKey key) {
    return shield.hold(() -> repository.read(key));
  }

  @Override
  public ClaimAnswer claim(ClaimRequest request) {
    return shield.hold(() -> repository.claim(request));
  }

  @Override
  public Claim renew(Claim claim) throws MethodException {
    return shield.hold(() -> repository.renew(claim));
  }

  @Override
  public void amend(Claim claim, Intent intent) throws MethodException {
    shield.<Boolean, MethodException>hold(
        () -> {
          repository.amend(claim, intent);
          return true;
        });
  }

  @Override
  public StoredResource complete(Claim claim, Completion completion) throws MethodException {
    return shield.hold(() -> repository.complete(claim, completion));
  }

  @Override
  public StoredResource abandon(Claim claim, Evidence why) throws MethodException {
    return shield.hold(() -> repository.abandon(claim, why));
  }

  @Override
  public StoredResource doubt(Claim claim, Evidence why) throws MethodException {
    return shield.hold(() -> repository.doubt(claim, why));
  }

  @Override
  public StoredResource confirm(StoredResource read, JsonNode data) throws MethodException {
    return shield.hold(() -> repository.confirm(read, data));
  }

  @Override
  public StoredResource bury(StoredResource read, Cause cause) throws MethodException {
    return shield.hold(() -> repository.bury(read, cause));
  }

  @Override
  public StoredResource bury(Claim claim, Cause cause) throws MethodException {
    return shield.hold(() -> repository.bury(claim, cause));
  }

  @Override
  public void note(ResourceKey key, Evidence evidence) {
    shield.<Boolean, RuntimeException>hold(
        () -> {
          repository.note(key, evidence);
          return true;
        });
  }

  @Override
  public Set<String> ownedByOthers(
      ResourceKey key, String account, Collection<String> externalIds) {
    return shield.hold(() -> repository.ownedByOthers(key, account, externalIds));
  }

  @Override
  public String installationId() {
    return repository.installationId();
  }
}
