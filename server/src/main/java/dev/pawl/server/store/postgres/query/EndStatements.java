package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RESOURCE;
import static dev.pawl.schema.Tables.RESOURCE_VERSION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** How a claim ends, and what is said of a present row without one. Empty: it may no longer. */
public final class EndStatements {
  private final ResourceRow rows;

  public EndStatements(ResourceRow rows) {
    this.rows = rows;
  }

  /**
   * The row if that claim's own completion has ended it: every later claim would have raised the
   * token.
   */
  public Optional<StoredResource> completed(DSLContext sql, Claim claim, Completion made) {
    return sql.select(ResourceRow.FIELDS)
        .from(RESOURCE)
        .where(isEndOf(claim, claim.incarnation()))
        .and(RESOURCE.STATE.eq(ResourceState.PRESENT.name()))
        .and(RESOURCE.EXTERNAL_ID.isNotDistinctFrom(made.externalId()))
        .and(RESOURCE.OUTCOME.eq(made.outcome().name()))
        .fetchOptional(rows::read);
  }

  /** The row if that claim was ended without an object, by its holder. */
  public Optional<StoredResource> ended(DSLContext sql, Claim claim) {
    return sql.select(ResourceRow.FIELDS)
        .from(RESOURCE)
        .where(
            isEndOf(claim, claim.incarnation())
                .and(
                    claim.mode() == ClaimMode.CHANGE
                        ? RESOURCE.STATE.eq(ResourceState.PRESENT.name())
                        : RESOURCE.STATE.in(
                            ResourceState.ABSENT.name(), ResourceState.DELETED.name()))
                .or(
                    isEndOf(claim, claim.incarnation() + 1)
                        .and(RESOURCE.STATE.eq(ResourceState.DELETED.name()))))
        .fetchOptional(rows::read);
  }

  private static Condition isEndOf(Claim claim, long incarnation) {
    return ResourceRow.is(claim.key())
        .and(RESOURCE.TOKEN.eq(claim.fencingToken()))
        .and(RESOURCE.INCARNATION.eq(incarnation));
  }

  /** Not made: as before the claim. */
  public Optional<StoredResource> abandon(DSLContext sql, Claim claim, Evidence why) {
    Map<Field<?>, @Nullable Object> set = withoutClaim();
    set.put(RESOURCE.STATE, RESOURCE.CLAIMED_FROM);
    if (claim.mode() == ClaimMode.RECONCILE) {
      set.put(RESOURCE.ABSENT_SEEN_AT, DatabaseTime.NOW);
    }
    set.put(RESOURCE.EVIDENCE, EvidenceJson.and(why));
    return update(sql, set, isUnder(claim), claim.key());
  }

  /** Not known. A change in doubt leaves the object present: the next verify sees it. */
  public Optional<StoredResource> doubt(DSLContext sql, Claim claim, Evidence why) {
    if (claim.mode() == ClaimMode.CHANGE) {
      return abandon(sql, claim, why);
    }
    Map<Field<?>, @Nullable Object> set = new HashMap<>();
    set.put(RESOURCE.STATE, ResourceState.IN_DOUBT.name());
    set.put(RESOURCE.LEASE_UNTIL, DSL.least(RESOURCE.LEASE_UNTIL, DatabaseTime.NOW));
    set.put(
        RESOURCE.ABSENT_SEEN_AT,
        DSL.when(ClaimStatements.isExpired(ClaimMode.CREATE), DatabaseTime.NOW)
            .otherwise(RESOURCE.ABSENT_SEEN_AT));
    set.put(RESOURCE.EVIDENCE, EvidenceJson.and(why));
    return update(sql, set, isUnder(claim), claim.key());
  }

  /** The API has said that what is in doubt was made: no look may take it for absent. */
  public void made(DSLContext sql, Claim claim, StoredResource doubted) {
    StoredResource.OpenClaim open = doubted.claim();
    if (open != null && open.intent() != null) {
      int marked =
          sql.update(RESOURCE)
              .set(RESOURCE.INTENT, rows.seal().seal(claim.key(), open.intent().asMade()))
              .where(ResourceRow.is(claim.key()))
              .and(isUnder(claim))
              .execute();
      if (marked != 1) {
        throw new IllegalStateException(claim.key() + " changed within a transaction");
      }
    }
  }

  /** The last look after a create that was sent again; the claim that may be open stays. */
  public Optional<StoredResource> probed(
      DSLContext sql, StoredResource read, Collection<String> others) {
    ArrayNode found = Json.mapper().createArrayNode();
    others.forEach(
        id -> found.add(Json.object().put("externalId", id).put("account", read.account())));
    Map<Field<?>, @Nullable Object> set = new HashMap<>();
    set.put(RESOURCE.ABSENT_SEEN_AT, null);
    set.put(RESOURCE.DUPLICATES, and(DSL.val(Values.json(found))));
    Condition asRead =
        isStill(read)
            .and(RESOURCE.ABSENT_SEEN_AT.isNotDistinctFrom(DSL.val(read.provenAbsentAt())));
    return update(sql, set, asRead, read.key());
  }

  private static Field<JSONB> and(Field<JSONB> duplicates) {
    return DSL.field("{0} || {1}", SQLDataType.JSONB, RESOURCE.DUPLICATES, duplicates);
  }

  public Optional<StoredResource> bury(DSLContext sql, StoredResource read, Tombstone.Cause cause) {
    return update(sql, buried(cause), isStill(read).or(isStillDeleted(read, cause)), read.key());
  }

  public Optional<StoredResource> bury(DSLContext sql, Claim claim, Tombstone.Cause cause) {
    return update(sql, buried(cause), isUnder(claim), claim.key());
  }

  /** Keeps what a holder says that may no longer say it. */
  public void keep(DSLContext sql, ResourceKey key, Evidence evidence) {
    sql.insertInto(RESOURCE)
        .set(RESOURCE.NAMESPACE, key.namespace())
        .set(RESOURCE.MODEL_TYPE, key.modelType())
        .set(RESOURCE.INSTANCE, key.instance())
        .set(RESOURCE.OUTPUT_SPEC, key.outputSpec())
        .set(RESOURCE.EVIDENCE, EvidenceJson.list(evidence))
        .onConflict(
            RESOURCE.NAMESPACE, RESOURCE.MODEL_TYPE, RESOURCE.INSTANCE, RESOURCE.OUTPUT_SPEC)
        .doUpdate()
        .set(RESOURCE.EVIDENCE, EvidenceJson.and(evidence))
        .execute();
  }

  /** Keeps that something may have been sent late: a look is owed. */
  public void keepDoubt(DSLContext sql, ResourceKey key, Evidence evidence) {
    int kept =
        sql.update(RESOURCE)
            .set(RESOURCE.EVIDENCE, EvidenceJson.and(evidence))
            .set(RESOURCE.ABSENT_SEEN_AT, DatabaseTime.NOW)
            .where(ResourceRow.is(key))
            .execute();
    if (kept != 1) {
      throw new IllegalStateException(
          "rows are never removed, and that of " + key + " is not there");
    }
  }

  /** Keeps a late completion; another object than the stored one is a duplicate. */
  public void keepLate(DSLContext sql, Claim claim, Completion made, Evidence evidence) {
    Field<JSONB> duplicate =
        DSL.val(
            Values.json(
                Json.mapper()
                    .createArrayNode()
                    .add(
                        Json.object()
                            .put("externalId", made.externalId())
                            .put("account", made.account())
                            .put("fencingToken", claim.fencingToken())
                            .put("sendNumber", claim.sendNumber()))));
    sql.update(RESOURCE)
        .set(RESOURCE.EVIDENCE, EvidenceJson.and(evidence))
        .set(
            RESOURCE.DUPLICATES,
            DSL.when(
                    DSL.val(made.externalId())
                        .isNotNull()
                        .and(RESOURCE.STATE.ne(ResourceState.ABSENT.name()))
                        .and(RESOURCE.DELETED_AT.isNull())
                        .and(RESOURCE.EXTERNAL_ID.ne(DSL.val(made.externalId()))),
                    and(duplicate))
                .otherwise(RESOURCE.DUPLICATES))
        .where(ResourceRow.is(claim.key()))
        .execute();
  }

  /** Appends the version that a row is now at. */
  public void version(
      DSLContext sql, StoredResource row, JsonNode data, Outcome outcome, @Nullable String runId) {
    sql.insertInto(RESOURCE_VERSION)
        .set(RESOURCE_VERSION.NAMESPACE, row.key().namespace())
        .set(RESOURCE_VERSION.MODEL_TYPE, row.key().modelType())
        .set(RESOURCE_VERSION.INSTANCE, row.key().instance())
        .set(RESOURCE_VERSION.OUTPUT_SPEC, row.key().outputSpec())
        .set(RESOURCE_VERSION.VERSION, row.version())
        .set(RESOURCE_VERSION.INCARNATION, row.incarnation())
        .set(RESOURCE_VERSION.DATA, Values.json(data))
        .set(RESOURCE_VERSION.OUTCOME, outcome.name())
        .set(RESOURCE_VERSION.EXTERNAL_ID, row.externalId())
        .set(RESOURCE_VERSION.RUN_ID, runId)
        .set(RESOURCE_VERSION.AT, DatabaseTime.NOW)
        .execute();
  }

  private Optional<StoredResource> update(
      DSLContext sql, Map<Field<?>, @Nullable Object> set, Condition based, ResourceKey key) {
    return sql.update(RESOURCE)
        .set(set)
        .set(RESOURCE.UPDATED_AT, DatabaseTime.NOW)
        .where(ResourceRow.is(key))
        .and(based)
        .returningResult(ResourceRow.FIELDS)
        .fetchOptional(rows::read);
  }

  /** The newest claim, whose end the row waits for; nobody has taken it over, lease or no lease. */
  private static Condition isUnder(Claim claim) {
    return RESOURCE
        .STATE
        .in(ResourceState.CLAIMED.name(), ResourceState.IN_DOUBT.name())
        .and(RESOURCE.TOKEN.eq(claim.fencingToken()))
        .and(RESOURCE.INCARNATION.eq(claim.incarnation()));
  }

  /** Whether whoever completes so has just seen the object. */
  static boolean isSeen(Outcome outcome) {
    return outcome == Outcome.ADOPTED || outcome == Outcome.UPDATED;
  }

  private static Condition isStill(StoredResource read) {
    return ClaimStatements.isPresent()
        .and(RESOURCE.INCARNATION.eq(read.incarnation()))
        .and(RESOURCE.VERSION.eq(read.version()))
        .and(RESOURCE.EXTERNAL_ID.isNotDistinctFrom(read.externalId()));
  }

  private static Condition isStillDeleted(StoredResource read, Tombstone.Cause cause) {
    return cause != Tombstone.Cause.DELETED || read.state() != ResourceState.DELETED
        ? DSL.falseCondition()
        : RESOURCE
            .STATE
            .eq(ResourceState.DELETED.name())
            .and(RESOURCE.INCARNATION.eq(read.incarnation()))
            .and(RESOURCE.TOKEN.eq(read.fencingToken()));
  }

  /** A look that is owed stays so: what was sent late may be there beside the next object. */
  private static Map<Field<?>, @Nullable Object> buried(Tombstone.Cause cause) {
    Map<Field<?>, @Nullable Object> set = withoutClaim();
    set.put(RESOURCE.STATE, ResourceState.DELETED.name());
    set.put(RESOURCE.INCARNATION, RESOURCE.INCARNATION.plus(1));
    set.put(RESOURCE.DELETED_AT, DatabaseTime.NOW);
    set.put(RESOURCE.TOMBSTONE_REASON, cause.name());
    set.put(RESOURCE.CONFIRMED, false);
    set.put(RESOURCE.PRESENT_SINCE, null);
    set.put(RESOURCE.VERIFIED_AT, null);
    return set;
  }

  /** The token, the send number and the body's hash stay. */
  static Map<Field<?>, @Nullable Object> withoutClaim() {
    Map<Field<?>, @Nullable Object> set = new HashMap<>();
    set.put(RESOURCE.CLAIM_MODE, null);
    set.put(RESOURCE.CLAIMED_FROM, null);
    set.put(RESOURCE.HOLDER, null);
    set.put(RESOURCE.LEASE_UNTIL, null);
    set.put(RESOURCE.CLAIM_ACCOUNT, null);
    set.put(RESOURCE.CLAIM_FINGERPRINT, null);
    set.put(RESOURCE.INTENT, null);
    set.put(RESOURCE.SENT_AT, null);
    set.put(RESOURCE.DEADLINE_AT, null);
    set.put(RESOURCE.QUARANTINE_UNTIL, null);
    set.put(RESOURCE.NATURAL_KEY, null);
    return set;
  }
}
