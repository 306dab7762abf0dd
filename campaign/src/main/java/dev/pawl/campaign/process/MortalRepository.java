package dev.pawl.campaign.process;

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
import java.util.Locale;
import java.util.Set;

/** A process's way to the store, on which it may die before a write or before its answer. */
public final class MortalRepository implements DataRepository {
  private final DataRepository store;
  private final Life life;

  public MortalRepository(DataRepository store, Life life) {
    this.store = store;
    this.life = life;
  }

  private interface Write<T> {
    T run() throws MethodException;
  }

  private <T> T write(String what, Write<T> write) throws MethodException {
    life.event(what + " not written");
    T done = write.run();
    life.event(what + " written");
    return done;
  }

  @Override
  public StoredResource read(ResourceKey key) {
    life.mustLive();
    return store.read(key);
  }

  @Override
  public ClaimAnswer claim(ClaimRequest request) {
    String what = "claim " + request.mode().name().toLowerCase(Locale.ROOT);
    life.event(what + " not written");
    ClaimAnswer answer = store.claim(request);
    long taken = -life.behind();
    life.event(what + " written");
    // A machine that was suspended has a clock of its own, and so have its claims.
    return answer instanceof ClaimAnswer.Granted granted
        ? new ClaimAnswer.Granted(shifted(granted.claim(), taken), granted.row())
        : answer;
  }

  private static Claim shifted(Claim claim, long by) {
    return new Claim(
        claim.key(),
        claim.mode(),
        claim.fencingToken(),
        claim.incarnation(),
        claim.sendNumber(),
        claim.lease(),
        claim.takenNanos() + by);
  }

  @Override
  public Claim renew(Claim claim) throws MethodException {
    return write("renew", () -> store.renew(claim));
  }

  @Override
  public void amend(Claim claim, Intent intent) throws MethodException {
    write(
        "amend",
        () -> {
          store.amend(claim, intent);
          return claim;
        });
  }

  @Override
  public StoredResource complete(Claim claim, Completion completion) throws MethodException {
    return write("complete", () -> store.complete(claim, completion));
  }

  @Override
  public StoredResource abandon(Claim claim, Evidence why) throws MethodException {
    return write("abandon", () -> store.abandon(claim, why));
  }

  @Override
  public StoredResource doubt(Claim claim, Evidence why) throws MethodException {
    return write("doubt", () -> store.doubt(claim, why));
  }

  @Override
  public StoredResource confirm(StoredResource read, JsonNode data) throws MethodException {
    return write("confirm", () -> store.confirm(read, data));
  }

  @Override
  public StoredResource bury(StoredResource read, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    return write("bury", () -> store.bury(read, cause));
  }

  @Override
  public StoredResource bury(Claim claim, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    return write("bury deleted", () -> store.bury(claim, cause));
  }

  @Override
  public void probed(StoredResource read, Collection<String> others) throws MethodException {
    write(
        "probed",
        () -> {
          store.probed(read, others);
          return read;
        });
  }

  @Override
  public void note(ResourceKey key, Evidence evidence) {
    life.event("note not written");
    store.note(key, evidence);
    life.event("note written");
  }

  @Override
  public Set<String> ownedByOthers(
      ResourceKey key, String account, Collection<String> externalIds) {
    life.mustLive();
    return store.ownedByOthers(key, account, externalIds);
  }

  @Override
  public String installationId() {
    return store.installationId();
  }
}
