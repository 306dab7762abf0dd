package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as stored: the state of its latest attempt.
 *
 * @param workflowVersion of the stored workflow that the latest attempt runs; 0 for a definition
 *     that was sent along
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
 * @param parent the step whose child run this is; null for none
 * @param depth how many parents it has, one above the other
 * @param deadlineAt when its attempt times out, known once it was put down; null otherwise
 * @param cancelAgainAt when a second cancel came; null: none did
 * @param archivedAt when it was put aside for good; null unless it was
 */
public record RunRecord(
    RunKey key,
    String workflowName,
    long workflowVersion,
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
    @Nullable ParentStep parent,
    int depth,
    @Nullable Instant deadlineAt,
    @Nullable Instant cancelAgainAt,
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

  /** Of a run without a parent that was never put down. */
  public RunRecord(
      RunKey key,
      String workflowName,
      long workflowVersion,
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
    this(
        key,
        workflowName,
        workflowVersion,
        definition,
        definitionFile,
        inputs,
        status,
        reason,
        message,
        attempt,
        generation,
        executorId,
        recoveries,
        recoveryStrategy,
        maxRecoveries,
        outputs,
        requester,
        idempotencyKey,
        eventSequence,
        createdAt,
        startedAt,
        endedAt,
        cancelRequestedAt,
        null,
        0,
        null,
        null,
        archivedAt);
  }

  /** The same once it has ended. */
  public RunRecord ended(
      RunStatus how,
      @Nullable String why,
      @Nullable String words,
      @Nullable JsonNode results,
      long sequence,
      Instant at) {
    return new RunRecord(
        key,
        workflowName,
        workflowVersion,
        definition,
        definitionFile,
        inputs,
        how,
        why,
        words,
        attempt,
        generation,
        null,
        recoveries,
        recoveryStrategy,
        maxRecoveries,
        results,
        requester,
        idempotencyKey,
        sequence,
        createdAt,
        startedAt,
        at,
        cancelRequestedAt,
        parent,
        depth,
        deadlineAt,
        cancelAgainAt,
        archivedAt);
  }

  /** The run whose step waits for this one; null for none. */
  public @Nullable RunKey parentRun() {
    return parent == null ? null : new RunKey(key.namespace(), parent.runId());
  }
}
