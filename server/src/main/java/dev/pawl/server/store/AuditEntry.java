package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.ResourceKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and must stay known.
 *
 * @param id rises with time
 * @param at on the database's clock
 * @param actor who caused it
 * @param action in upper snake case, as {@code DATA_PUT}
 * @param sentence what happened, for a person
 * @param key the resource concerned; null for none
 * @param runId the run concerned; empty for none
 * @param detail the particulars as an object
 */
public record AuditEntry(
    String namespace,
    long id,
    Instant at,
    String actor,
    String action,
    String sentence,
    @Nullable ResourceKey key,
    String runId,
    JsonNode detail) {
  public AuditEntry {
    requireNonNull(namespace, "namespace");
    requireNonNull(at, "at");
    requireNonNull(actor, "actor");
    requireNonNull(action, "action");
    requireNonNull(sentence, "sentence");
    requireNonNull(runId, "runId");
    requireNonNull(detail, "detail");
  }
}
