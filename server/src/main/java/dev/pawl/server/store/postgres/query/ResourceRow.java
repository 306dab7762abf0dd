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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** A row of the resource table and the noun it stands for. */
public final class ResourceRow {
  /** All that makes a {@link StoredResource}; the evidence is read only when asked for. */
  static final List<Field<?>> FIELDS = fields();

  private final IntentSeal seal;

  public ResourceRow(IntentSeal seal) {
    this.seal = seal;
  }

  IntentSeal seal() {
    return seal;
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

  StoredResource read(Record row) {
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
  @Nullable Evidence unreadable(Record row) {
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
