package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.INSTALLATION;
import static dev.pawl.schema.Tables.RESOURCE;
import static dev.pawl.schema.Tables.RESOURCE_VERSION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.store.DataStore.Known;
import dev.pawl.server.store.DataStore.Listed;
import dev.pawl.server.store.DataStore.Query;
import dev.pawl.server.store.DataStore.Version;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What is stored of resources. */
public final class ResourceReads {
  private final ResourceRow rows;

  public ResourceReads(ResourceRow rows) {
    this.rows = rows;
  }

  /** One statement gives the row, or its absence, and the time. */
  public StoredResource find(DSLContext sql, ResourceKey key) {
    Record row =
        sql.select(ResourceRow.FIELDS)
            .from(DSL.select(DSL.one().as("one")).asTable("one"))
            .leftJoin(RESOURCE)
            .on(ResourceRow.is(key))
            .fetchSingle();
    return row.get(RESOURCE.NAMESPACE) == null
        ? StoredResource.absent(key, Json.object(), row.get(DatabaseTime.NOW))
        : rows.read(row);
  }

  public List<Listed> list(DSLContext sql, Query query) {
    Condition where = RESOURCE.NAMESPACE.eq(query.namespace());
    if (query.modelType() != null) {
      where = where.and(RESOURCE.MODEL_TYPE.eq(query.modelType()));
    }
    if (!query.instancePrefix().isEmpty()) {
      where = where.and(RESOURCE.INSTANCE.startsWith(query.instancePrefix()));
    }
    where =
        query.states().isEmpty()
            ? where.and(RESOURCE.STATE.ne(ResourceState.ABSENT.name()))
            : where.and(RESOURCE.STATE.in(query.states().stream().map(Enum::name).toList()));
    ResourceKey after = query.after();
    if (after != null) {
      where =
          where.and(
              DSL.row(RESOURCE.MODEL_TYPE, RESOURCE.INSTANCE, RESOURCE.OUTPUT_SPEC)
                  .gt(after.modelType(), after.instance(), after.outputSpec()));
    }
    return sql.select(ResourceRow.FIELDS)
        .select(RESOURCE_VERSION.AT)
        .from(RESOURCE)
        .leftJoin(RESOURCE_VERSION)
        .on(RESOURCE_VERSION.NAMESPACE.eq(RESOURCE.NAMESPACE))
        .and(RESOURCE_VERSION.MODEL_TYPE.eq(RESOURCE.MODEL_TYPE))
        .and(RESOURCE_VERSION.INSTANCE.eq(RESOURCE.INSTANCE))
        .and(RESOURCE_VERSION.OUTPUT_SPEC.eq(RESOURCE.OUTPUT_SPEC))
        .and(RESOURCE_VERSION.VERSION.eq(RESOURCE.VERSION))
        .where(where)
        .orderBy(RESOURCE.MODEL_TYPE, RESOURCE.INSTANCE, RESOURCE.OUTPUT_SPEC)
        .limit(query.limit())
        .fetch(row -> new Listed(rows.read(row), row.get(RESOURCE_VERSION.AT)));
  }

  /** Keys of a type, in any namespace, with their own state. */
  public List<Known> known(
      DSLContext sql, String modelType, @Nullable ResourceKey after, int limit) {
    Condition where =
        RESOURCE
            .MODEL_TYPE
            .eq(modelType)
            .and(RESOURCE.OUTPUT_SPEC.eq(ResourceKey.STATE))
            .and(
                after == null
                    ? DSL.noCondition()
                    : DSL.row(RESOURCE.NAMESPACE, RESOURCE.INSTANCE)
                        .gt(after.namespace(), after.instance()));
    return sql.select(
            RESOURCE.NAMESPACE,
            RESOURCE.MODEL_TYPE,
            RESOURCE.INSTANCE,
            RESOURCE.OUTPUT_SPEC,
            RESOURCE.INCARNATION,
            RESOURCE.STATE,
            RESOURCE.EXTERNAL_ID,
            RESOURCE.ACCOUNT,
            RESOURCE.DELETED_AT,
            RESOURCE.DUPLICATES)
        .from(RESOURCE)
        .where(where)
        .orderBy(RESOURCE.NAMESPACE, RESOURCE.INSTANCE)
        .limit(limit)
        .fetch(ResourceReads::known);
  }

  private static Known known(Record row) {
    JsonNode duplicates = Values.parse(row.get(RESOURCE.DUPLICATES));
    return new Known(
        ResourceRow.key(row),
        row.get(RESOURCE.INCARNATION),
        ResourceState.valueOf(row.get(RESOURCE.STATE)),
        row.get(RESOURCE.EXTERNAL_ID),
        row.get(RESOURCE.ACCOUNT),
        row.get(RESOURCE.EXTERNAL_ID) != null && row.get(RESOURCE.DELETED_AT) == null,
        duplicates == null
            ? List.of()
            : duplicates.valueStream().map(d -> d.path("externalId").asText()).distinct().toList());
  }

  public List<Version> versions(DSLContext sql, ResourceKey key, long before, int limit) {
    return sql.selectFrom(RESOURCE_VERSION)
        .where(isVersionOf(key))
        .and(before == 0 ? DSL.noCondition() : RESOURCE_VERSION.VERSION.lt(before))
        .orderBy(RESOURCE_VERSION.VERSION.desc())
        .limit(limit)
        .fetch(ResourceReads::version);
  }

  public List<Version> version(DSLContext sql, ResourceKey key, long version) {
    return sql.selectFrom(RESOURCE_VERSION)
        .where(isVersionOf(key))
        .and(RESOURCE_VERSION.VERSION.eq(version))
        .fetch(ResourceReads::version);
  }

  public List<Evidence> evidence(DSLContext sql, ResourceKey key) {
    return EvidenceJson.read(
        sql.select(RESOURCE.EVIDENCE)
            .from(RESOURCE)
            .where(ResourceRow.is(key))
            .fetchOne(RESOURCE.EVIDENCE));
  }

  /** Whoever owns an external id, in whatever namespace. */
  public List<ResourceKey> owners(DSLContext sql, ResourceKey of, String account, String id) {
    return sql.select(ResourceRow.FIELDS)
        .from(RESOURCE)
        .where(isOwned(of, account))
        .and(RESOURCE.EXTERNAL_ID.eq(id))
        .fetch(ResourceRow::key);
  }

  /** The row with the open create of a natural key, in whatever namespace. */
  public Optional<StoredResource> openWith(DSLContext sql, String modelType, Intent wish) {
    return sql.select(ResourceRow.FIELDS)
        .from(RESOURCE)
        .where(RESOURCE.CLAIM_ACCOUNT.eq(wish.account()))
        .and(RESOURCE.MODEL_TYPE.eq(modelType))
        .and(RESOURCE.NATURAL_KEY.eq(wish.naturalKey()))
        .and(RESOURCE.STATE.in(ResourceState.CLAIMED.name(), ResourceState.IN_DOUBT.name()))
        .fetchOptional(rows::read);
  }

  public Set<String> ownedByOthers(
      DSLContext sql, ResourceKey key, String account, Collection<String> ids) {
    return new HashSet<>(
        sql.select(RESOURCE.EXTERNAL_ID)
            .from(RESOURCE)
            .where(isOwned(key, account))
            .and(RESOURCE.EXTERNAL_ID.eq(DSL.any(ids.toArray(new String[0]))))
            .and(DSL.not(ResourceRow.is(key)))
            .fetch(RESOURCE.EXTERNAL_ID));
  }

  public static String installationId(DSLContext sql) {
    return Objects.requireNonNull(
            sql.select(INSTALLATION.INSTALLATION_ID)
                .from(INSTALLATION)
                .fetchSingle(INSTALLATION.INSTALLATION_ID))
        .toString();
  }

  /** An id is owned until the tombstone, through changes and doubts too. */
  private static Condition isOwned(ResourceKey of, String account) {
    return RESOURCE
        .ACCOUNT
        .eq(account)
        .and(RESOURCE.MODEL_TYPE.eq(of.modelType()))
        .and(RESOURCE.OUTPUT_SPEC.eq(of.outputSpec()))
        .and(RESOURCE.EXTERNAL_ID.isNotNull())
        .and(RESOURCE.DELETED_AT.isNull());
  }

  private static Condition isVersionOf(ResourceKey key) {
    return RESOURCE_VERSION
        .NAMESPACE
        .eq(key.namespace())
        .and(RESOURCE_VERSION.MODEL_TYPE.eq(key.modelType()))
        .and(RESOURCE_VERSION.INSTANCE.eq(key.instance()))
        .and(RESOURCE_VERSION.OUTPUT_SPEC.eq(key.outputSpec()));
  }

  private static Version version(Record row) {
    return new Version(
        row.get(RESOURCE_VERSION.VERSION),
        row.get(RESOURCE_VERSION.INCARNATION),
        Objects.requireNonNullElse(
            Values.parse(row.get(RESOURCE_VERSION.DATA)), NullNode.getInstance()),
        row.get(RESOURCE_VERSION.OUTCOME),
        row.get(RESOURCE_VERSION.EXTERNAL_ID),
        row.get(RESOURCE_VERSION.RUN_ID),
        row.get(RESOURCE_VERSION.AT));
  }
}
