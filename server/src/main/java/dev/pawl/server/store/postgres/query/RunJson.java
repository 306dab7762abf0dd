package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.run.ParentStep;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run as watchers are told of it. */
final class RunJson {
  private RunJson() {}

  /** Without the definition; inputs and outputs over the limit are left out too. */
  static ObjectNode write(RunRecord run, int limit) {
    ObjectNode out = Json.object();
    out.put("workflowName", run.workflowName());
    out.put("workflowVersion", run.workflowVersion());
    out.put("definitionFile", run.definitionFile());
    if (Values.text(run.inputs()).length() <= limit) {
      out.set("inputs", run.inputs());
    }
    out.put("status", run.status().name());
    Fields.put(out, "reason", run.reason());
    Fields.put(out, "message", run.message());
    out.put("attempt", run.attempt());
    out.put("generation", run.generation());
    Fields.put(out, "executorId", run.executorId());
    out.put("recoveries", run.recoveries());
    out.put("recoveryStrategy", run.recoveryStrategy());
    out.put("maxRecoveries", run.maxRecoveries());
    if (run.outputs() != null && Values.text(run.outputs()).length() <= limit) {
      out.set("outputs", run.outputs());
    }
    out.put("requester", run.requester());
    Fields.put(out, "idempotencyKey", run.idempotencyKey());
    out.put("createdAt", run.createdAt().toString());
    Fields.put(out, "startedAt", run.startedAt());
    Fields.put(out, "endedAt", run.endedAt());
    Fields.put(out, "cancelRequestedAt", run.cancelRequestedAt());
    if (run.parent() != null) {
      out.put("parentRunId", run.parent().runId());
      out.put("parentStepId", run.parent().step().stepId());
      out.put("parentIteration", run.parent().step().iteration());
    }
    out.put("depth", run.depth());
    Fields.put(out, "deadlineAt", run.deadlineAt());
    Fields.put(out, "cancelAgainAt", run.cancelAgainAt());
    return out;
  }

  static RunRecord read(RunKey key, long sequence, JsonNode in) {
    Instant createdAt = Objects.requireNonNull(Fields.instant(in, "createdAt"), "createdAt");
    return new RunRecord(
        key,
        in.path("workflowName").asText(),
        in.path("workflowVersion").asLong(),
        "",
        in.path("definitionFile").asText(),
        in.get("inputs") instanceof ObjectNode inputs ? inputs : Json.object(),
        RunStatus.valueOf(in.path("status").asText()),
        Fields.text(in, "reason"),
        Fields.text(in, "message"),
        in.path("attempt").asInt(),
        in.path("generation").asLong(),
        Fields.text(in, "executorId"),
        in.path("recoveries").asInt(),
        in.path("recoveryStrategy").asText(),
        in.path("maxRecoveries").asInt(),
        in.get("outputs"),
        in.path("requester").asText(),
        Fields.text(in, "idempotencyKey"),
        sequence,
        createdAt,
        Fields.instant(in, "startedAt"),
        Fields.instant(in, "endedAt"),
        Fields.instant(in, "cancelRequestedAt"),
        parent(in),
        in.path("depth").asInt(),
        Fields.instant(in, "deadlineAt"),
        Fields.instant(in, "cancelAgainAt"),
        null);
  }

  private static @Nullable ParentStep parent(JsonNode in) {
    String run = Fields.text(in, "parentRunId");
    return run == null
        ? null
        : new ParentStep(
            run,
            new StepKey(in.path("parentStepId").asText(), in.path("parentIteration").asText()));
  }
}
