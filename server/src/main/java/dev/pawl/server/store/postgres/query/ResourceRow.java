package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RESOURCE;

import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.OpenClaim;
import dev.pawl.model.data.StoredResource.Tombstone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A row of the resource table and the noun it stands for. */
public final class ResourceRow {
  /** All that makes a {@link StoredResource}; the evidence is read only when asked for. */
  static final List<Field<?>> FIELDS = fields();

  private static final Comparator<ResourceKey> IN_ORDER =
      Comparator.comparing(ResourceKey::namespace)
          .thenComparing(ResourceKey::modelType)
          .thenComparing(ResourceKey::instance)
          .thenComparing(ResourceKey::outputSpec);

  /** Of a table or an alias of that name. */
  static final String SELECT = DSL.using(SQLDialect.POSTGRES).render(DSL.select(FIELDS));

  /** What a row without a claim has; the token, the send number and the body's hash stay. */
  static final String NO_CLAIM =
      "claim_mode = null, claimed_from = null, holder = null, lease_until = null,"
          + " claim_account = null, claim_fingerprint = null, intent = null, sent_at = null,"
          + " deadline_at = null, quarantine_until = null, natural_key = null";

  private final IntentSeal seal;

  public ResourceRow(IntentSeal seal) {
    this.seal = seal;
  }

  IntentSeal seal() {
    return seal;
  }

  /**
   * Runs a statement with one parameter, the entries' rows, which gives back those that it wrote.
   *
   * @param entries of different keys; written in the order of these, so that no two wait for one
   *     another
   * @param columns adds an entry's columns, besides its number and its key
   * @return for each entry what became of its row, to be read by whoever wrote it: all of them are
   *     durable, whatever one of them holds; empty where nothing was written
   */
  static <E> List<Optional<Record>> written(
      Connection connection,
      String statement,
      List<E> entries,
      Function<E, ResourceKey> keyOf,
      BiConsumer<Rows, E> columns)
      throws SQLException {
    Map<ResourceKey, Optional<Record>> answers = new HashMap<>();
    try (PreparedStatement sql = connection.prepareStatement(statement)) {
      Rows asked = new Rows();
      long n = 0;
      for (E entry : entries.stream().sorted(Comparator.comparing(keyOf, IN_ORDER)).toList()) {
        add(asked.begin().put("n", ++n), keyOf.apply(entry));
        columns.accept(asked, entry);
        asked.end();
      }
      asked.bind(sql, 1);
      try (ResultSet found = sql.executeQuery()) {
        for (Record row : records(connection, found, FIELDS)) {
          answers.put(key(row), Optional.of(row));
        }
      }
    }
    return entries.stream()
        .map(entry -> answers.getOrDefault(keyOf.apply(entry), Optional.empty()))
        .toList();
  }

  static Rows add(Rows rows, ResourceKey key) {
    return rows.put("namespace", key.namespace())
        .put("model_type", key.modelType())
        .put("instance", key.instance())
        .put("output_spec", key.outputSpec());
  }

  static Result<Record> records(Connection connection, ResultSet found, List<Field<?>> fields) {
    return DSL.using(connection, SQLDialect.POSTGRES).fetch(found, fields.toArray(new Field<?>[0]));
  }

  static Condition is(ResourceKey key) {
    return RESOURCE
        .NAMESPACE
        .eq(key.namespace())
        .and(RESOURCE.MODEL_TYPE.eq(key.modelType()))
        .and(RESOURCE.INSTANCE.eq(key.instance()))
        .and(RESOURCE.OUTPUT_SPEC.eq(key.outputSpec()));
  }

  static ResourceKey key(Record row) {
    return new ResourceKey(
        row.get(RESOURCE.NAMESPACE),
        row.get(RESOURCE.MODEL_TYPE),
        row.get(RESOURCE.INSTANCE),
        row.get(RESOURCE.OUTPUT_SPEC));
  }

  /** What a row says. */
  public StoredResource read(Record row) {
    return new StoredResource(
        key(row),
        ResourceState.valueOf(row.get(RESOURCE.STATE)),
        row.get(RESOURCE.INCARNATION),
        row.get(RESOURCE.VERSION),
        row.get(RESOURCE.SEND_NUMBER),
        row.get(RESOURCE.EXTERNAL_ID),
        row.get(RESOURCE.ACCOUNT),
        Values.object(row.get(RESOURCE.IDENTITY)),
        Values.parse(row.get(RESOURCE.LAST_DATA)),
        Values.parse(row.get(RESOURCE.ARGUMENTS)),
        row.get(RESOURCE.FINGERPRINT),
        row.get(RESOURCE.CONFIRMED),
        row.get(RESOURCE.PRESENT_SINCE),
        row.get(RESOURCE.VERIFIED_AT),
        tombstone(row),
        row.get(RESOURCE.TOKEN),
        claim(row),
        row.get(RESOURCE.ABSENT_SEEN_AT),
        row.get(RESOURCE.CREATED_AT),
        row.get(DatabaseTime.NOW));
  }

  /** Evidence when the recorded request is there but can't be opened; else null. */
  public @Nullable Evidence unreadable(Record row) {
    byte[] sealed = row.get(RESOURCE.INTENT);
    if (sealed == null || seal.open(key(row), sealed).isPresent()) {
      return null;
    }
    return new Evidence(
        "the recorded request can't be opened with this server's intent key, so nothing can be"
            + " compared with it; resolve by hand, or by a server with the right key",
        Json.object());
  }

  private static @Nullable Tombstone tombstone(Record row) {
    Instant at = row.get(RESOURCE.DELETED_AT);
    return at == null
        ? null
        : new Tombstone(at, Tombstone.Cause.valueOf(row.get(RESOURCE.TOMBSTONE_REASON)));
  }

  private @Nullable OpenClaim claim(Record row) {
    String mode = row.get(RESOURCE.CLAIM_MODE);
    if (mode == null) {
      return null;
    }
    byte[] sealed = row.get(RESOURCE.INTENT);
    Intent intent = sealed == null ? null : seal.open(key(row), sealed).orElse(null);
    return new OpenClaim(
        row.get(RESOURCE.HOLDER),
        ClaimMode.valueOf(mode),
        row.get(RESOURCE.LEASE_UNTIL),
        row.get(RESOURCE.QUARANTINE_UNTIL),
        row.get(RESOURCE.SENT_AT),
        intent);
  }

  private static List<Field<?>> fields() {
    List<Field<?>> fields =
        new ArrayList<>(
            List.of(
                RESOURCE.NAMESPACE,
                RESOURCE.MODEL_TYPE,
                RESOURCE.INSTANCE,
                RESOURCE.OUTPUT_SPEC,
                RESOURCE.STATE,
                RESOURCE.INCARNATION,
                RESOURCE.VERSION,
                RESOURCE.SEND_NUMBER,
                RESOURCE.EXTERNAL_ID,
                RESOURCE.ACCOUNT,
                RESOURCE.IDENTITY,
                RESOURCE.LAST_DATA,
                RESOURCE.ARGUMENTS,
                RESOURCE.FINGERPRINT,
                RESOURCE.CONFIRMED,
                RESOURCE.PRESENT_SINCE,
                RESOURCE.VERIFIED_AT));
    fields.addAll(
        List.of(
            RESOURCE.DELETED_AT,
            RESOURCE.TOMBSTONE_REASON,
            RESOURCE.TOKEN,
            RESOURCE.CLAIM_MODE,
            RESOURCE.HOLDER,
            RESOURCE.LEASE_UNTIL,
            RESOURCE.QUARANTINE_UNTIL,
            RESOURCE.SENT_AT,
            RESOURCE.INTENT,
            RESOURCE.ABSENT_SEEN_AT,
            RESOURCE.CREATED_AT,
            DatabaseTime.NOW));
    return List.copyOf(fields);
  }
}
