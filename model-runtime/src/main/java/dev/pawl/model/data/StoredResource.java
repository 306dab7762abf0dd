package dev.pawl.model.data;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One resource key as it was read. All instants are on the store's own clock, {@code readAt}
 * included, so that they may be compared with each other and with nothing else.
 *
 * @param incarnation rises with every tombstone; 1 before anything was made
 * @param version rises with every stored change of the data; 0 before any
 * @param sendNumber how many creates were ever sent or about to be, over this incarnation
 * @param externalId the API's id: the item path parameters' values joined with {@code ;}
 * @param account whose object it is; null until something was made
 * @param identity item path parameter → value; empty until made
 * @param data the stored state; on a tombstone, the last one
 * @param arguments what it was made with, secrets left out; null when not made by a create
 * @param fingerprint of those arguments
 * @param confirmed whether a read of the API has ever said that it exists
 * @param presentSince when it was completed
 * @param verifiedAt when a read of the API last said that it exists
 * @param tombstone when and why it was buried; kept until it is made anew
 * @param fencingToken that of the last claim; rises with every claim of the row
 * @param claim who holds it, while CLAIMED or IN_DOUBT
 * @param provenAbsentAt when an earlier send was last proven to have made nothing, or when a holder
 *     past its lease last said that it may have made something; that is looked at once more, see
 *     {@link DataRepository#probed}; null when no look is owed
 * @param createdAt when the key was first stored; null before
 * @param readAt the store's time at this read
 */
public record StoredResource(
    ResourceKey key,
    ResourceState state,
    long incarnation,
    long version,
    int sendNumber,
    @Nullable String externalId,
    @Nullable String account,
    ObjectNode identity,
    @Nullable JsonNode data,
    @Nullable JsonNode arguments,
    @Nullable String fingerprint,
    boolean confirmed,
    @Nullable Instant presentSince,
    @Nullable Instant verifiedAt,
    @Nullable Tombstone tombstone,
    long fencingToken,
    @Nullable OpenClaim claim,
    @Nullable Instant provenAbsentAt,
    @Nullable Instant createdAt,
    Instant readAt) {

  /**
   * The claim that is or was open on a row.
   *
   * @param holder a readable name of who has it
   * @param mode what it is for
   * @param leaseUntil after this the holder may no longer act
   * @param quarantineUntil before this nothing may be taken as proven absent
   * @param sentAt when the intent became durable
   * @param intent the exact request; null for creates that a client runs itself
   */
  public record OpenClaim(
      String holder,
      ClaimMode mode,
      Instant leaseUntil,
      Instant quarantineUntil,
      Instant sentAt,
      @Nullable Intent intent) {}

  /**
   * Why a resource counts as absent.
   *
   * @param at when it was buried
   * @param cause by a verified absence or by a recorded delete
   */
  public record Tombstone(Instant at, Cause cause) {
    /** By what. */
    public enum Cause {
      /** A read of the API proved it gone. */
      VERIFIED_GONE,
      /** Pawl deleted it, or was told to forget it. */
      DELETED,
      /** Pawl deleted it to make it anew with other arguments. */
      REPLACED
    }

    /** Whether what is made next takes its place, and is not simply new. */
    public boolean isToBeRecreated() {
      return cause != Cause.DELETED;
    }
  }

  public StoredResource {
    requireNonNull(key, "key");
    requireNonNull(state, "state");
    requireNonNull(identity, "identity");
    requireNonNull(readAt, "readAt");
  }

  /** A key of which nothing was ever stored. */
  public static StoredResource absent(ResourceKey key, ObjectNode noIdentity, Instant readAt) {
    return new StoredResource(
        key,
        ResourceState.ABSENT,
        1,
        0,
        0,
        null,
        null,
        noIdentity,
        null,
        null,
        null,
        false,
        null,
        null,
        null,
        0,
        null,
        null,
        null,
        readAt);
  }

  /**
   * What the row stands for now: a claim whose lease has run out leaves a create in doubt, and a
   * change to be seen by the next verify.
   */
  public ResourceState effectiveState() {
    if (state != ResourceState.CLAIMED || claim == null || !leaseExpired()) {
      return state;
    }
    return claim.mode() == ClaimMode.CHANGE ? ResourceState.PRESENT : ResourceState.IN_DOUBT;
  }

  /** How long ago it was completed; zero when it never was. */
  public Duration age() {
    return presentSince == null ? Duration.ZERO : Duration.between(presentSince, readAt);
  }

  /** Whether an open claim's lease has run out, so that its holder is taken for dead. */
  public boolean leaseExpired() {
    return claim != null && !claim.leaseUntil().isAfter(readAt);
  }
}
