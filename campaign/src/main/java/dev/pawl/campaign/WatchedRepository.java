package dev.pawl.campaign;

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
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at every write that the store accepts, and says which it should have refused. */
final class WatchedRepository implements DataRepository {
  private final DataRepository store;
  private final Tokens tokens;
  private final Consumer<Violation> tell;

  /** The newest token of each key, over all processes. */
  static final class Tokens {
    private final Map<ResourceKey, Long> newest = new HashMap<>();
  }

  WatchedRepository(DataRepository store, Tokens tokens, Consumer<Violation> tell) {
    this.store = store;
    this.tokens = tokens;
    this.tell = tell;
  }

  private void require(boolean holds, Violation.Kind kind, ResourceKey key, String words) {
    if (!holds) {
      tell.accept(new Violation(kind, key.instance(), words));
    }
  }

  private void requireFresh(Claim claim, String write) {
    require(
        claim.fencingToken() == tokens.newest.getOrDefault(claim.key(), 0L),
        Violation.Kind.STALE_WRITE,
        claim.key(),
        write + " accepted under token " + claim.fencingToken() + ", though " + tokens.newest);
  }

  private void requireAsRead(StoredResource read, StoredResource before, String write) {
    require(
        before.incarnation() == read.incarnation()
            && before.version() == read.version()
            && Objects.equals(before.externalId(), read.externalId()),
        Violation.Kind.STALE_WRITE,
        read.key(),
        write + " accepted on version " + read.version() + ", though it is " + before.version());
  }

  @Override
  public StoredResource read(ResourceKey key) {
    return store.read(key);
  }

  @Override
  public ClaimAnswer claim(ClaimRequest request) {
    StoredResource before = store.read(request.read().key());
    ClaimAnswer answer = store.claim(request);
    if (answer instanceof ClaimAnswer.Granted granted) {
      ResourceKey key = granted.claim().key();
      long token = granted.claim().fencingToken();
      Long newest = tokens.newest.put(key, token);
      require(
          before.effectiveState() != ResourceState.CLAIMED,
          Violation.Kind.STALE_WRITE,
          key,
          "a claim granted beside a live one");
      require(
          newest == null || newest < token,
          Violation.Kind.STALE_WRITE,
          key,
          "token " + token + " granted after " + newest);
    }
    return answer;
  }

  @Override
  public Claim renew(Claim claim) throws MethodException {
    Claim renewed = store.renew(claim);
    requireFresh(claim, "renew");
    return renewed;
  }

  @Override
  public void amend(Claim claim, Intent intent) throws MethodException {
    store.amend(claim, intent);
    requireFresh(claim, "amend");
  }

  @Override
  public StoredResource complete(Claim claim, Completion completion) throws MethodException {
    StoredResource before = store.read(claim.key());
    StoredResource after = store.complete(claim, completion);
    boolean resolvesDoubt =
        before.effectiveState() == ResourceState.IN_DOUBT
            && before.incarnation() == claim.incarnation()
            && before.sendNumber() == claim.sendNumber();
    if (!resolvesDoubt) {
      requireFresh(claim, "complete");
    }
    String id = completion.externalId();
    if (id != null && completion.account() != null) {
      require(
          store.ownedByOthers(claim.key(), completion.account(), List.of(id)).isEmpty(),
          Violation.Kind.TWO_OWNERS,
          claim.key(),
          id + " is owned by another key too");
    }
    return after;
  }

  @Override
  public StoredResource abandon(Claim claim, Evidence why) throws MethodException {
    StoredResource after = store.abandon(claim, why);
    requireFresh(claim, "abandon");
    return after;
  }

  @Override
  public StoredResource doubt(Claim claim, Evidence why) throws MethodException {
    StoredResource after = store.doubt(claim, why);
    requireFresh(claim, "doubt");
    return after;
  }

  @Override
  public StoredResource confirm(StoredResource read, JsonNode data) throws MethodException {
    StoredResource before = store.read(read.key());
    StoredResource after = store.confirm(read, data);
    requireAsRead(read, before, "confirm");
    return after;
  }

  @Override
  public StoredResource bury(StoredResource read, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    StoredResource before = store.read(read.key());
    StoredResource after = store.bury(read, cause);
    requireAsRead(read, before, "bury");
    return after;
  }

  @Override
  public StoredResource bury(Claim claim, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    StoredResource after = store.bury(claim, cause);
    requireFresh(claim, "bury");
    return after;
  }

  @Override
  public void probed(StoredResource read, Collection<String> others) throws MethodException {
    StoredResource before = store.read(read.key());
    store.probed(read, others);
    requireAsRead(read, before, "probed");
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
