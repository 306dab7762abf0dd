package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an event keeps of a run: only what changes from one to the next, as {@link StartsStatement}
 * and {@link ChangesStatement} write it too. The rest is read from the run itself.
 */
final class RunJson {
  private RunJson() {}

  static ObjectNode write(RunRecord run) {
    ObjectNode out = Json.object();
    out.put("status", run.status().name());
    Fields.put(out, "reason", run.reason());
    Fields.put(out, "message", run.message());
    out.put("attempt", run.attempt());
    out.put("generation", run.generation());
    Fields.put(out, "executorId", run.executorId());
    out.put("recoveries", run.recoveries());
    return out;
  }

  /**
   * The run as it was told of, without its definition. What it ran with and came to is that of its
   * latest attempt, and left out for an earlier one.
   *
   * @param stored as it is now
   * @param at when it was told of
   */
  static RunRecord read(RunRecord stored, long sequence, Instant at, JsonNode in) {
    RunStatus status = RunStatus.valueOf(in.path("status").asText());
    int attempt = in.path("attempt").asInt();
    boolean latest = attempt == stored.attempt();
    return new RunRecord(
        stored.key(),
        stored.workflowName(),
        latest ? stored.workflowVersion() : 0,
        "",
        stored.definitionFile(),
        latest ? stored.inputs() : Json.object(),
        status,
        Fields.text(in, "reason"),
        Fields.text(in, "message"),
        attempt,
        in.path("generation").asLong(),
        Fields.text(in, "executorId"),
        in.path("recoveries").asInt(),
        stored.recoveryStrategy(),
        stored.maxRecoveries(),
        latest && status == RunStatus.SUCCEEDED ? stored.outputs() : null,
        stored.requester(),
        stored.idempotencyKey(),
        sequence,
        stored.createdAt(),
        upTo(at, stored.startedAt()),
        status.hasEnded() ? at : null,
        upTo(at, stored.cancelRequestedAt()),
        stored.parent(),
        stored.depth(),
        stored.deadlineAt(),
        upTo(at, stored.cancelAgainAt()),
        null);
  }

  private static @Nullable Instant upTo(Instant at, @Nullable Instant time) {
    return time != null && time.isAfter(at) ? null : time;
  }
}
