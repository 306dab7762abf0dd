package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as stored: the state of its latest attempt.
 *
 * @param definition the text as given, of the latest attempt
 * @param definitionFile its file's name, for messages; empty where there is none
 * @param inputs with defaults filled in, of the latest attempt
 * @param reason why it ended otherwise than SUCCEEDED; null otherwise
 * @param message the same in words; null otherwise
 * @param attempt from 1
 * @param generation rises whenever the run changes hands; fences every write
 * @param executorId who has it; null when nobody
 * @param recoveries how often it was recovered
 * @param recoveryStrategy {@code none}, {@code restart} or {@code idempotent}
 * @param maxRecoveries after this many it fails with CRASH_LOOP
 * @param outputs the workflow's; null until SUCCEEDED
 * @param idempotencyKey it was started with; null for none
 * @param eventSequence of the newest event
 * @param createdAt all times on the database's clock
 * @param archivedAt when it was put aside for good; null unless it was
 */
public record RunRecord(
    RunKey key,
    String workflowName,
    String definition,
    String definitionFile,
    ObjectNode inputs,
    RunStatus status,
    @Nullable String reason,
    @Nullable String message,
    int attempt,
    long generation,
    @Nullable String executorId,
    int recoveries,
    String recoveryStrategy,
    int maxRecoveries,
    @Nullable JsonNode outputs,
    String requester,
    @Nullable String idempotencyKey,
    long eventSequence,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant cancelRequestedAt,
    @Nullable Instant archivedAt) {
  public RunRecord {
    requireNonNull(key, "key");
    requireNonNull(workflowName, "workflowName");
    requireNonNull(definition, "definition");
    requireNonNull(definitionFile, "definitionFile");
    requireNonNull(inputs, "inputs");
    requireNonNull(status, "status");
    requireNonNull(requester, "requester");
    requireNonNull(createdAt, "createdAt");
  }
}
