package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decisions by people and agents, and findings. Each is appended in the transaction of what it
 * tells of; this reads them.
 */
public interface AuditStore {

  /**
   * A page, newest first.
   *
   * @param before only lower ids; 0 from the newest
   * @param key only of this resource; null: any
   * @param runId only of this run; empty: any
   * @param from only at or after this; null: any
   */
  record Query(
      String namespace,
      long before,
      int limit,
      @Nullable ResourceKey key,
      String runId,
      @Nullable Instant from) {
    public Query {
      requireNonNull(namespace, "namespace");
      requireNonNull(runId, "runId");
    }
  }

  List<AuditEntry> list(Query query);
}
