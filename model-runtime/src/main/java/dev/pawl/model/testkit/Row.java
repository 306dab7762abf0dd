package dev.pawl.model.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.OpenClaim;
import dev.pawl.model.data.StoredResource.Tombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One resource key's row and its moves. Whether a move is legal is asked before it is made. */
final class Row {
  final List<Evidence> evidence = new ArrayList<>();
  final List<JsonNode> versions = new ArrayList<>();
  final List<String> duplicates = new ArrayList<>();

  private final ResourceKey key;
  private ResourceState state = ResourceState.ABSENT;
  private long incarnation = 1;
  private long version;
  private int sendNumber;
  private @Nullable String externalId;
  private @Nullable String account;
  private ObjectNode identity = Json.object();
  private @Nullable JsonNode data;
  private @Nullable JsonNode arguments;
  private @Nullable String fingerprint;
  private boolean confirmed;
  private @Nullable Instant presentSince;
  private @Nullable Instant verifiedAt;
  private @Nullable Tombstone tombstone;
  private long fencingToken;
  private @Nullable OpenClaim claim;
  private @Nullable Instant provenAbsentAt;
  private @Nullable Instant createdAt;

  Row(ResourceKey key) {
    this.key = key;
  }

  StoredResource read(Instant now) {
    return new StoredResource(
        key,
        state,
        incarnation,
        version,
        sendNumber,
        externalId,
        account,
        identity.deepCopy(),
        copy(data),
        copy(arguments),
        fingerprint,
        confirmed,
        presentSince,
        verifiedAt,
        tombstone,
        fencingToken,
        claim,
        provenAbsentAt,
        createdAt,
        now);
  }

  private static @Nullable JsonNode copy(@Nullable JsonNode value) {
    return value == null ? null : value.deepCopy();
  }

  /** Whether a claim is still the newest of a row that waits for its end. */
  boolean isUnder(Claim held) {
    return fencingToken == held.fencingToken()
        && incarnation == held.incarnation()
        && (state == ResourceState.CLAIMED || state == ResourceState.IN_DOUBT);
  }

  /** Whether a holder that has lost its claim knows what became of the send now in doubt. */
  boolean isInDoubtAbout(Claim late, Instant now) {
    return read(now).effectiveState() == ResourceState.IN_DOUBT
        && late.mode() != ClaimMode.CHANGE
        && incarnation == late.incarnation()
        && sendNumber == late.sendNumber();
  }

  /** Whether a row is what a caller has read of its object. */
  boolean isStill(StoredResource read, Instant now) {
    return read(now).effectiveState() == ResourceState.PRESENT
        && incarnation == read.incarnation()
        && version == read.version()
        && java.util.Objects.equals(externalId, read.externalId());
  }

  /** Whether a deleted row is what a caller has read. */
  boolean isStillDeleted(StoredResource read) {
    return state == ResourceState.DELETED
        && read.state() == ResourceState.DELETED
        && incarnation == read.incarnation()
        && fencingToken == read.fencingToken();
  }

  /** An object belongs to its key until the tombstone, through changes and doubts too. */
  boolean owns(String ofAccount, String id) {
    return id.equals(externalId) && ofAccount.equals(account) && tombstone == null;
  }

  /** Whether a create of this natural key is open here. */
  boolean rivals(Intent wish) {
    Intent open = claim == null ? null : claim.intent();
    return open != null
        && open.account().equals(wish.account())
        && open.naturalKey() != null
        && open.naturalKey().equals(wish.naturalKey());
  }

  void claim(ClaimRequest wish, Instant now) {
    boolean reconciles = wish.mode() == ClaimMode.RECONCILE && claim != null;
    OpenClaim before = claim;
    Instant sentAt = reconciles && before != null ? before.sentAt() : now;
    Instant quarantine =
        reconciles && before != null
            ? before.quarantineUntil()
            : now.plus(wish.sendWithin()).plus(wish.allowance());
    Intent intent = reconciles && before != null ? before.intent() : wish.intent();
    if (wish.mode() == ClaimMode.CREATE) {
      sendNumber++;
    }
    if (createdAt == null) {
      createdAt = now;
    }
    fencingToken++;
    state = ResourceState.CLAIMED;
    claim =
        new OpenClaim(
            wish.holder(), wish.mode(), now.plus(wish.lease()), quarantine, sentAt, intent);
  }

  void prolong(Duration lease, Instant now) {
    OpenClaim open = open();
    claim =
        new OpenClaim(
            open.holder(),
            open.mode(),
            now.plus(lease),
            open.quarantineUntil(),
            open.sentAt(),
            open.intent());
  }

  void amend(Intent intent) {
    OpenClaim open = open();
    claim =
        new OpenClaim(
            open.holder(),
            open.mode(),
            open.leaseUntil(),
            open.quarantineUntil(),
            open.sentAt(),
            intent);
  }

  void complete(Completion made, Instant now) {
    boolean seen = made.outcome() == Outcome.ADOPTED || made.outcome() == Outcome.UPDATED;
    boolean wasPresent = claim != null && claim.mode() == ClaimMode.CHANGE;
    externalId = made.externalId();
    account = made.account();
    identity = made.identity().deepCopy();
    arguments = copy(made.arguments());
    fingerprint = made.fingerprint();
    confirmed = seen;
    verifiedAt = seen ? now : null;
    presentSince = wasPresent && presentSince != null ? presentSince : now;
    tombstone = null;
    present();
    newVersion(made.data());
  }

  void abandon(Instant now) {
    if (open().mode() == ClaimMode.CHANGE) {
      present();
      return;
    }
    if (open().mode() == ClaimMode.RECONCILE) {
      provenAbsentAt = now;
    }
    state = tombstone == null ? ResourceState.ABSENT : ResourceState.DELETED;
    claim = null;
  }

  /** The API has said so: no look may take it for absent. */
  void isMade() {
    Intent sent = open().intent();
    if (sent != null) {
      amend(sent.asMade());
    }
  }

  /** A change in doubt leaves the object present: the next verify sees what became of it. */
  void doubt(Instant now) {
    if (open().mode() == ClaimMode.CHANGE) {
      present();
      return;
    }
    if (open().mode() == ClaimMode.CREATE
        && read(now).effectiveState() == ResourceState.IN_DOUBT
        && state == ResourceState.CLAIMED) {
      owesALook(now);
    }
    state = ResourceState.IN_DOUBT;
  }

  void confirm(JsonNode shown, Instant now) {
    confirmed = true;
    verifiedAt = now;
    present();
    if (!shown.equals(data)) {
      newVersion(shown);
    }
  }

  /** Something may have been sent late. */
  void owesALook(Instant now) {
    provenAbsentAt = now;
  }

  void probed() {
    provenAbsentAt = null;
  }

  /** A look that is owed stays so: what was sent late may be there beside the next. */
  void bury(Tombstone.Cause cause, Instant now) {
    state = ResourceState.DELETED;
    incarnation++;
    tombstone = new Tombstone(now, cause);
    confirmed = false;
    presentSince = null;
    verifiedAt = null;
    claim = null;
  }

  private void present() {
    state = ResourceState.PRESENT;
    claim = null;
  }

  private void newVersion(JsonNode shown) {
    data = shown.deepCopy();
    version++;
    versions.add(shown.deepCopy());
  }

  private OpenClaim open() {
    if (claim == null) {
      throw new IllegalStateException(key + " is " + state + " and has no claim to end");
    }
    return claim;
  }
}
