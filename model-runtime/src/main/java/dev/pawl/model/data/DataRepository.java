package dev.pawl.model.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import java.util.Collection;
import java.util.Set;

/**
 * What is stored of resource keys, and the claims on them: the one mechanism behind {@code
 * createOrGet}, {@code idempotent}, {@code skipIfExists} and generated creates.
 *
 * <p>Every write is one statement that is durable when the call returns, compares what it was based
 * on, and is refused loudly when that has changed. A refusal is a {@link MethodException} with
 * reason {@code CLAIM_STALE}, unless said otherwise. A caller's interrupt is kept for afterwards: a
 * cancelled caller still writes down what it leaves behind.
 */
public interface DataRepository {

  /** The row of a key; ABSENT with incarnation 1 when there is none. */
  StoredResource read(ResourceKey key);

  /** Asks for the right to act. Never waits. */
  ClaimAnswer claim(ClaimRequest request);

  /** Prolongs a claim by its own lease from now; refused once the lease has run out. */
  Claim renew(Claim claim) throws MethodException;

  /** Replaces the intent under a claim whose lease has not run out, before anything is sent. */
  void amend(Claim claim, Intent intent) throws MethodException;

  /**
   * Stores what was made or found; the row becomes PRESENT with a new version. What a holder knows
   * counts after its lease too: until another claim is granted, and even then where the row is in
   * doubt (also by that other's expired lease) about the same send of the same incarnation. {@code
   * presentSince} starts anew unless the claim is for CHANGE; ADOPTED and UPDATED count as
   * confirmed and verified now, the other outcomes do not.
   *
   * @throws MethodException CLAIM_STALE, the external id then being kept as evidence with {@code
   *     externalId} in its detail; EXTERNAL_ID_OWNED when another key of the account, model type
   *     and output spec owns the external id, in any namespace (a key owns its object from its
   *     completion to its tombstone; the row is then IN_DOUBT, and its intent {@linkplain
   *     Intent#made() made} unless the claim is for CHANGE: the API has said so)
   */
  StoredResource complete(Claim claim, Completion completion) throws MethodException;

  /**
   * The effect definitely did not happen; under RECONCILE that has been proven, which {@link
   * StoredResource#provenAbsentAt} keeps until {@link #probed}. After CREATE and RECONCILE the row
   * is DELETED if it has a tombstone, else ABSENT, its send number and token kept; after CHANGE it
   * is PRESENT as before. {@code why} is kept as evidence, even when refused.
   */
  StoredResource abandon(Claim claim, Evidence why) throws MethodException;

  /**
   * The effect's outcome is not known: the row becomes IN_DOUBT and keeps its intent and times.
   * After CHANGE it is PRESENT as before, for the next verify sees what became of it. {@code why}
   * is kept as evidence, even when refused. Under CREATE, when refused or after the lease,
   * something may have been sent late: whatever the row's state, a look is owed from now on ({@link
   * StoredResource#provenAbsentAt}).
   */
  StoredResource doubt(Claim claim, Evidence why) throws MethodException;

  /**
   * A read of the API has said that the resource exists: marks it confirmed and verified, and
   * stores a new version if the data changed. The row must count as PRESENT; a CHANGE claim whose
   * lease has run out ends with it.
   *
   * @throws MethodException CLAIM_STALE when incarnation, version or external id are no longer
   *     those of {@code read}, or a live claim is on the row
   */
  StoredResource confirm(StoredResource read, JsonNode data) throws MethodException;

  /**
   * Sets a tombstone on a PRESENT row, or DELETED over the tombstone of a deleted one, and raises
   * its incarnation: it is DELETED, no longer confirmed, and keeps its last data, ids and send
   * number.
   *
   * @throws MethodException as {@link #confirm}
   */
  StoredResource bury(StoredResource read, StoredResource.Tombstone.Cause cause)
      throws MethodException;

  /** As the other bury, under a CHANGE claim, which it ends. */
  StoredResource bury(Claim claim, StoredResource.Tombstone.Cause cause) throws MethodException;

  /**
   * Says what the look showed that a create sent after a proven absence owes: {@code
   * provenAbsentAt} is cleared, and {@code others} are kept as duplicates of the row's object.
   *
   * @throws MethodException as {@link #confirm}; CLAIM_STALE also when another look is owed since
   */
  void probed(StoredResource read, Collection<String> others) throws MethodException;

  /** Appends evidence to a row, whoever holds it. */
  void note(ResourceKey key, Evidence evidence);

  /**
   * Those of {@code externalIds} that another key of the account, model type and output spec owns,
   * in any namespace.
   */
  Set<String> ownedByOthers(ResourceKey key, String account, Collection<String> externalIds);

  /** The random id of this installation, made at first start; part of every marker. */
  String installationId();
}
