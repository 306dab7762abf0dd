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
 * reason {@code CLAIM_STALE}, unless said otherwise.
 */
public interface DataRepository {

  /** The row of a key; ABSENT with incarnation 1 when there is none. */
  StoredResource read(ResourceKey key);

  /** Asks for the right to act. Never waits. */
  ClaimAnswer claim(ClaimRequest request);

  /** Prolongs a claim by its own lease from now. */
  Claim renew(Claim claim) throws MethodException;

  /** Replaces the intent under a claim, before anything is sent. */
  void amend(Claim claim, Intent intent) throws MethodException;

  /**
   * Stores what was made or found; the row becomes PRESENT with a new version.
   *
   * @throws MethodException CLAIM_STALE, or EXTERNAL_ID_OWNED when another key owns the external id
   *     (the row is then IN_DOUBT)
   */
  StoredResource complete(Claim claim, Completion completion) throws MethodException;

  /** The effect definitely did not happen: the row is as before the claim. */
  StoredResource abandon(Claim claim, Evidence why) throws MethodException;

  /** The effect's outcome is not known: the row becomes IN_DOUBT and keeps its intent. */
  StoredResource doubt(Claim claim, Evidence why) throws MethodException;

  /**
   * A read of the API has said that the resource exists: marks it confirmed and verified, and
   * stores a new version if the data changed.
   *
   * @throws MethodException CLAIM_STALE when incarnation, version or external id are no longer
   *     those of {@code read}
   */
  StoredResource confirm(StoredResource read, JsonNode data) throws MethodException;

  /**
   * Sets a tombstone on a PRESENT row and raises its incarnation.
   *
   * @throws MethodException as {@link #confirm}
   */
  StoredResource bury(StoredResource read, StoredResource.Tombstone.Cause cause)
      throws MethodException;

  /** As the other bury, under a CHANGE claim, which it ends. */
  StoredResource bury(Claim claim, StoredResource.Tombstone.Cause cause) throws MethodException;

  /** Appends evidence to a row, whoever holds it. */
  void note(ResourceKey key, Evidence evidence);

  /** Those of {@code externalIds} that a PRESENT row of another key owns. */
  Set<String> ownedByOthers(ResourceKey key, String account, Collection<String> externalIds);

  /** The random id of this installation, made at first start; part of every marker. */
  String installationId();
}
