package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RESOURCE;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.util.Arrays;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeping a claim, and what is known of it besides. */
public final class ClaimStatements {
  private static final Logger log = LoggerFactory.getLogger(ClaimStatements.class);

  private final ResourceRow rows;

  public ClaimStatements(ResourceRow rows) {
    this.rows = rows;
  }

  /** The request as it is kept: no two calls give the same bytes. Null for a claim without one. */
  public byte @Nullable [] seal(ClaimRequest request) {
    Intent intent = request.intent();
    return intent == null ? null : seal(request.read().key(), intent);
  }

  /** The same of a request by itself. */
  public byte[] seal(ResourceKey key, Intent intent) {
    return rows.seal().seal(key, intent);
  }

  /**
   * The row as that very request has claimed it, by what no other request can have written; empty
   * when it has not, or when there is nothing to know it by.
   *
   * @param ownHolder whether nobody else calls itself by the request's holder
   */
  public Optional<StoredResource> takenBy(
      DSLContext sql, ClaimRequest request, byte @Nullable [] sealed, boolean ownHolder) {
    Condition ours =
        sealed != null
            ? RESOURCE.INTENT.eq(sealed)
            : ownHolder ? RESOURCE.HOLDER.eq(request.holder()) : DSL.falseCondition();
    return sql.select(ResourceRow.FIELDS)
        .from(RESOURCE)
        .where(ResourceRow.is(request.read().key()))
        .and(RESOURCE.STATE.eq(ResourceState.CLAIMED.name()))
        .and(RESOURCE.CLAIM_MODE.eq(request.mode().name()))
        .and(RESOURCE.TOKEN.eq(request.read().fencingToken() + 1))
        .and(RESOURCE.LEASE_UNTIL.gt(DatabaseTime.NOW))
        .and(ours)
        .fetchOptional(rows::read);
  }

  /** Prolongs a claim whose lease has not run out; 0 rows when it has, or is no longer the one. */
  public int renew(DSLContext sql, Claim claim) {
    return sql.update(RESOURCE)
        .set(RESOURCE.LEASE_UNTIL, DatabaseTime.in(claim.lease()))
        .set(RESOURCE.UPDATED_AT, DatabaseTime.NOW)
        .where(isHeldBy(claim))
        .execute();
  }

  /** A lease that has run out: a CHANGE leaves what is present, all else is in doubt. */
  static Condition isExpired(ClaimMode... modes) {
    String[] names = Arrays.stream(modes).map(Enum::name).toArray(String[]::new);
    return RESOURCE
        .STATE
        .eq(ResourceState.CLAIMED.name())
        .and(RESOURCE.CLAIM_MODE.in(names))
        .and(RESOURCE.LEASE_UNTIL.le(DatabaseTime.NOW));
  }

  static Condition isPresent() {
    return RESOURCE.STATE.eq(ResourceState.PRESENT.name()).or(isExpired(ClaimMode.CHANGE));
  }

  private static Condition isHeldBy(Claim claim) {
    return ResourceRow.is(claim.key())
        .and(RESOURCE.STATE.eq(ResourceState.CLAIMED.name()))
        .and(RESOURCE.TOKEN.eq(claim.fencingToken()))
        .and(RESOURCE.INCARNATION.eq(claim.incarnation()))
        .and(RESOURCE.LEASE_UNTIL.gt(DatabaseTime.NOW));
  }

  /** Once per row: whoever looks at the doubt must see why it can't be resolved. */
  public void noteUnreadable(DSLContext sql, ResourceKey key, Evidence unreadable) {
    int noted =
        sql.update(RESOURCE)
            .set(RESOURCE.EVIDENCE, EvidenceJson.and(unreadable))
            .where(ResourceRow.is(key))
            .and(
                DSL.condition(
                    "not {0} @> jsonb_build_array(jsonb_build_object('what', {1}))",
                    RESOURCE.EVIDENCE, DSL.val(unreadable.what()).cast(SQLDataType.CLOB)))
            .execute();
    if (noted == 1) {
      log.warn("{}: {}", key, unreadable.what());
    }
  }
}
