package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RESOURCE;

import dev.pawl.model.Outcome;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.store.NewData;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What is stored by hand, under the row's lock. */
public final class PutStatements {
  private final ResourceRow rows;

  public PutStatements(ResourceRow rows) {
    this.rows = rows;
  }

  /** Locks a key's row, which is made ABSENT where there is none. */
  public StoredResource lock(DSLContext sql, ResourceKey key) {
    sql.insertInto(RESOURCE)
        .set(RESOURCE.NAMESPACE, key.namespace())
        .set(RESOURCE.MODEL_TYPE, key.modelType())
        .set(RESOURCE.INSTANCE, key.instance())
        .set(RESOURCE.OUTPUT_SPEC, key.outputSpec())
        .onConflictDoNothing()
        .execute();
    return sql.select(ResourceRow.FIELDS)
        .from(RESOURCE)
        .where(ResourceRow.is(key))
        .forUpdate()
        .fetchSingle(rows::read);
  }

  /** Stores the next version of a locked row that is PRESENT or stands for no object. */
  public StoredResource put(DSLContext sql, StoredResource locked, NewData put) {
    boolean present = locked.effectiveState() == ResourceState.PRESENT;
    return sql.update(RESOURCE)
        .set(present ? replaced(locked, put) : made(put))
        .set(RESOURCE.UPDATED_AT, DatabaseTime.NOW)
        .where(ResourceRow.is(put.key()))
        .and(RESOURCE.TOKEN.eq(locked.fencingToken()))
        .and(RESOURCE.VERSION.eq(locked.version()))
        .returningResult(ResourceRow.FIELDS)
        .fetchSingle(rows::read);
  }

  /** How the version came about, in the words of outcomes. */
  public static Outcome outcome(StoredResource locked) {
    return locked.effectiveState() == ResourceState.PRESENT ? Outcome.UPDATED : Outcome.ADOPTED;
  }

  /** What was made before, and with what, stays known. */
  private static Map<Field<?>, @Nullable Object> replaced(StoredResource locked, NewData put) {
    Map<Field<?>, @Nullable Object> set = stored(put, Outcome.UPDATED);
    String id = put.externalId();
    if (id != null && !id.equals(locked.externalId())) {
      set.put(RESOURCE.EXTERNAL_ID, id);
      set.put(RESOURCE.IDENTITY, Values.json(put.identity()));
      set.put(RESOURCE.CONFIRMED, false);
    }
    if (put.account() != null && !Objects.equals(put.account(), locked.account())) {
      set.put(RESOURCE.ACCOUNT, put.account());
      set.put(RESOURCE.CONFIRMED, false);
    }
    set.put(RESOURCE.PRESENT_SINCE, DSL.coalesce(RESOURCE.PRESENT_SINCE, DatabaseTime.NOW));
    return set;
  }

  private static Map<Field<?>, @Nullable Object> made(NewData put) {
    Map<Field<?>, @Nullable Object> set = stored(put, Outcome.ADOPTED);
    set.put(RESOURCE.EXTERNAL_ID, put.externalId());
    set.put(RESOURCE.IDENTITY, Values.json(put.identity()));
    set.put(RESOURCE.ACCOUNT, put.account());
    set.put(RESOURCE.CONFIRMED, false);
    set.put(RESOURCE.ARGUMENTS, null);
    set.put(RESOURCE.FINGERPRINT, null);
    set.put(RESOURCE.PRESENT_SINCE, DatabaseTime.NOW);
    NewData.Seen seen = put.seen();
    if (seen != null) {
      set.put(RESOURCE.CONFIRMED, true);
      set.put(RESOURCE.VERIFIED_AT, DatabaseTime.NOW);
      set.put(RESOURCE.ARGUMENTS, Values.json(seen.arguments()));
      set.put(
          RESOURCE.INCARNATION, DSL.greatest(RESOURCE.INCARNATION, DSL.val(seen.incarnation())));
    }
    return set;
  }

  private static Map<Field<?>, @Nullable Object> stored(NewData put, Outcome outcome) {
    Map<Field<?>, @Nullable Object> set = new HashMap<>(EndStatements.withoutClaim());
    set.put(RESOURCE.STATE, ResourceState.PRESENT.name());
    set.put(RESOURCE.VERSION, RESOURCE.VERSION.plus(1));
    set.put(RESOURCE.LAST_DATA, Values.json(put.data()));
    set.put(RESOURCE.OUTCOME, outcome.name());
    // Nobody has asked the API, so no verify may be spared because of this.
    set.put(RESOURCE.VERIFIED_AT, null);
    set.put(RESOURCE.DELETED_AT, null);
    set.put(RESOURCE.TOMBSTONE_REASON, null);
    return set;
  }
}
