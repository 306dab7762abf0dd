package dev.pawl.model.testkit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stored state and claims in memory, with the same answers and refusals as the real store; for
 * tests. Safe for use by many threads.
 */
public final class InMemoryDataRepository implements DataRepository {
  private static final String INSTALLATION = "in-memory";

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Map<ResourceKey, Row> rows = new HashMap<>();

  /** On real time. */
  public InMemoryDataRepository() {
    this(InstantSource.system(), System::nanoTime);
  }

  /** On a clock that a test moves; give its context the same one. */
  public InMemoryDataRepository(VirtualTime time) {
    this(time, time::nanoTime);
  }

  private InMemoryDataRepository(InstantSource clock, LongSupplier nanoTime) {
    this.clock = requireNonNull(clock);
    this.nanoTime = requireNonNull(nanoTime);
  }

  /** What was learned about a key, oldest first. */
  public synchronized List<Evidence> evidence(ResourceKey key) {
    Row row = rows.get(key);
    return row == null ? List.of() : List.copyOf(row.evidence);
  }

  /** Every stored version of a key's data, oldest first. */
  public synchronized List<JsonNode> versions(ResourceKey key) {
    Row row = rows.get(key);
    return row == null ? List.of() : List.copyOf(row.versions);
  }

  @Override
  public synchronized StoredResource read(ResourceKey key) {
    Row row = rows.get(key);
    Instant now = clock.instant();
    return row == null ? StoredResource.absent(key, Json.object(), now) : row.read(now);
  }

  @Override
  public ClaimAnswer claim(ClaimRequest request) {
    long taken = nanoTime.getAsLong();
    synchronized (this) {
      ResourceKey key = request.read().key();
      StoredResource stored = read(key);
      ResourceState state = stored.effectiveState();
      if (state == ResourceState.CLAIMED) {
        return new ClaimAnswer.Held(stored);
      }
      if (state == ResourceState.IN_DOUBT && request.mode() != ClaimMode.RECONCILE) {
        return new ClaimAnswer.InDoubt(stored);
      }
      if (!isAsRead(request.read(), stored) || !takes(request.mode(), state)) {
        return new ClaimAnswer.Changed(stored);
      }
      Optional<Row> rival = rival(key, request.intent());
      if (rival.isPresent()) {
        return new ClaimAnswer.Rivalled(stored, rival.get().read(stored.readAt()));
      }
      rowFor(key).claim(request, stored.readAt());
      StoredResource claimed = read(key);
      Claim claim =
          new Claim(
              key,
              request.mode(),
              claimed.fencingToken(),
              claimed.incarnation(),
              claimed.sendNumber(),
              request.lease(),
              taken);
      return new ClaimAnswer.Granted(claim, claimed);
    }
  }

  private Optional<Row> rival(ResourceKey key, @Nullable Intent wish) {
    return wish == null
        ? Optional.empty()
        : rows.entrySet().stream()
            .filter(e -> !e.getKey().equals(key))
            .filter(e -> e.getKey().modelType().equals(key.modelType()))
            .map(Map.Entry::getValue)
            .filter(r -> r.rivals(wish))
            .findFirst();
  }

  private static boolean isAsRead(StoredResource read, StoredResource stored) {
    return read.state() == stored.state()
        && read.incarnation() == stored.incarnation()
        && read.version() == stored.version()
        && read.fencingToken() == stored.fencingToken();
  }

  private static boolean takes(ClaimMode mode, ResourceState state) {
    return switch (mode) {
      case CREATE -> state == ResourceState.ABSENT || state == ResourceState.DELETED;
      case CHANGE -> state == ResourceState.PRESENT;
      case RECONCILE -> state == ResourceState.IN_DOUBT;
    };
  }

  @Override
  public Claim renew(Claim claim) throws MethodException {
    long taken = nanoTime.getAsLong();
    synchronized (this) {
      Instant now = clock.instant();
      live(claim, now).prolong(claim.lease(), now);
    }
    return new Claim(
        claim.key(),
        claim.mode(),
        claim.fencingToken(),
        claim.incarnation(),
        claim.sendNumber(),
        claim.lease(),
        taken);
  }

  @Override
  public synchronized void amend(Claim claim, Intent intent) throws MethodException {
    live(claim, clock.instant()).amend(intent);
  }

  @Override
  public synchronized StoredResource complete(Claim claim, Completion completion)
      throws MethodException {
    Instant now = clock.instant();
    Row row = rowFor(claim.key());
    if (!row.isUnder(claim) && !row.isInDoubtAbout(claim, now)) {
      row.evidence.add(
          new Evidence(
              "made by a holder that had lost its claim",
              Json.object()
                  .put("externalId", completion.externalId())
                  .put("sendNumber", claim.sendNumber())
                  .put("fencingToken", claim.fencingToken())));
      throw stale(claim);
    }
    Optional<ResourceKey> owner = owner(claim.key(), completion.account(), completion.externalId());
    if (owner.isPresent()) {
      row.doubt(now);
      if (claim.mode() != ClaimMode.CHANGE) {
        row.isMade();
      }
      throw owned(row, claim.key(), completion, owner.get());
    }
    row.complete(completion, now);
    return row.read(now);
  }

  private static MethodException owned(
      Row row, ResourceKey key, Completion completion, ResourceKey owner) {
    row.evidence.add(
        new Evidence(
            "what was found is owned by another key",
            Json.object().put("externalId", completion.externalId())));
    // Who it is, is nobody's business outside the owner's namespace.
    String who =
        owner.namespace().equals(key.namespace()) ? owner.toString() : "a key of another namespace";
    return MethodException.unknown(
        Failure.of(
            Reason.EXTERNAL_ID_OWNED,
            key
                + ": the object "
                + completion.externalId()
                + " is owned by "
                + who
                + "; a second key cannot own it, so delete one of them or resolve this one by"
                + " hand"));
  }

  @Override
  public synchronized StoredResource abandon(Claim claim, Evidence why) throws MethodException {
    Row row = noted(claim, why);
    row.abandon(clock.instant());
    return row.read(clock.instant());
  }

  @Override
  public synchronized StoredResource doubt(Claim claim, Evidence why) throws MethodException {
    Row row = rowFor(claim.key());
    if (!row.isUnder(claim) && claim.mode() == ClaimMode.CREATE) {
      row.owesALook(clock.instant());
    }
    noted(claim, why).doubt(clock.instant());
    return row.read(clock.instant());
  }

  @Override
  public synchronized StoredResource confirm(StoredResource read, JsonNode data)
      throws MethodException {
    Instant now = clock.instant();
    Row row = still(read, now);
    row.confirm(data, now);
    return row.read(now);
  }

  @Override
  public synchronized StoredResource bury(StoredResource read, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    Instant now = clock.instant();
    Row row = rowFor(read.key());
    if (cause != StoredResource.Tombstone.Cause.DELETED || !row.isStillDeleted(read)) {
      row = still(read, now);
    }
    row.bury(cause, now);
    return row.read(now);
  }

  @Override
  public synchronized StoredResource bury(Claim claim, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    if (claim.mode() != ClaimMode.CHANGE) {
      throw new IllegalArgumentException(
          "only a CHANGE claim buries; " + claim.key() + " is held by one for " + claim.mode());
    }
    Instant now = clock.instant();
    Row row = rowFor(claim.key());
    if (!row.isUnder(claim)) {
      throw stale(claim);
    }
    row.bury(cause, now);
    return row.read(now);
  }

  @Override
  public synchronized void probed(StoredResource read, Collection<String> others)
      throws MethodException {
    Row row = still(read, clock.instant());
    if (!Objects.equals(row.read(clock.instant()).provenAbsentAt(), read.provenAbsentAt())) {
      throw changed(read);
    }
    row.probed();
    others.forEach(id -> row.duplicates.add(id));
  }

  /** The objects that were found beside the one of a key. */
  public synchronized List<String> duplicates(ResourceKey key) {
    Row row = rows.get(key);
    return row == null ? List.of() : List.copyOf(row.duplicates);
  }

  @Override
  public synchronized void note(ResourceKey key, Evidence evidence) {
    rowFor(key).evidence.add(evidence);
  }

  @Override
  public synchronized Set<String> ownedByOthers(
      ResourceKey key, String account, Collection<String> externalIds) {
    Set<String> owned = new TreeSet<>();
    for (String id : externalIds) {
      if (owner(key, account, id).isPresent()) {
        owned.add(id);
      }
    }
    return owned;
  }

  @Override
  public String installationId() {
    return INSTALLATION;
  }

  private Optional<ResourceKey> owner(
      ResourceKey key, @Nullable String account, @Nullable String externalId) {
    if (account == null || externalId == null) {
      return Optional.empty();
    }
    return rows.entrySet().stream()
        .filter(e -> !e.getKey().equals(key))
        .filter(e -> e.getKey().modelType().equals(key.modelType()))
        .filter(e -> e.getKey().outputSpec().equals(key.outputSpec()))
        .filter(e -> e.getValue().owns(account, externalId))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Row rowFor(ResourceKey key) {
    return rows.computeIfAbsent(key, Row::new);
  }

  /** What a holder says is kept, even where it may no longer say it. */
  private Row noted(Claim claim, Evidence why) throws MethodException {
    Row row = rowFor(claim.key());
    row.evidence.add(why);
    if (!row.isUnder(claim)) {
      throw stale(claim);
    }
    return row;
  }

  private Row live(Claim claim, Instant now) throws MethodException {
    Row row = rowFor(claim.key());
    if (!row.isUnder(claim) || row.read(now).effectiveState() != ResourceState.CLAIMED) {
      throw stale(claim);
    }
    return row;
  }

  private Row still(StoredResource read, Instant now) throws MethodException {
    Row row = rowFor(read.key());
    if (!row.isStill(read, now)) {
      throw changed(read);
    }
    return row;
  }

  private static MethodException changed(StoredResource read) {
    return MethodException.notMade(
        Failure.of(
            Reason.CLAIM_STALE,
            read.key() + " is no longer at version " + read.version() + ", read it again"));
  }

  private static MethodException stale(Claim claim) {
    return MethodException.notMade(
        Failure.of(
            Reason.CLAIM_STALE,
            claim.key()
                + " is no longer held under token "
                + claim.fencingToken()
                + "; read it again to see what became of it"));
  }
}
