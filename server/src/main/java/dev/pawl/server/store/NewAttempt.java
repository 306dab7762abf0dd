package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.Selection;
import dev.pawl.server.workflow.RecoveryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A further attempt of a run exactly as it was read: any change of status, attempt or generation
 * since then refuses it.
 *
 * @param read the run as read
 * @param definition the mended one; null: as before
 * @param definitionFile its file's name; null: as before
 * @param inputs the mended ones, whole; null: as before
 * @param recovery of the mended definition; null: as before
 * @param selection what a RETRY was asked to run; NONE for a RECOVERY, which goes on with the
 *     retry's own
 * @param requestId for an attempt without an idempotency key: the server's own id of the call
 * @param executorId who claims it in the same write; null leaves it QUEUED
 * @param idempotency null for none
 */
public record NewAttempt(
    RunRecord read,
    AttemptReason reason,
    String requester,
    @Nullable String definition,
    @Nullable String definitionFile,
    @Nullable ObjectNode inputs,
    @Nullable RecoveryPolicy recovery,
    Selection selection,
    String requestId,
    @Nullable String executorId,
    @Nullable Idempotency idempotency) {
  public NewAttempt {
    requireNonNull(read, "read");
    requireNonNull(reason, "reason");
    requireNonNull(requester, "requester");
    requireNonNull(selection, "selection");
    requireNonNull(requestId, "requestId");
    boolean fits =
        switch (reason) {
          case START -> false;
          case RETRY -> read.status().isRetryable();
          case RECOVERY -> read.status() == RunStatus.RUNNING;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "a run that is " + read.status() + " begins no further attempt for a " + reason);
    }
  }

  /** With the recovery policy as before, and no choice of steps. */
  public NewAttempt(
      RunRecord read,
      AttemptReason reason,
      String requester,
      @Nullable String definition,
      @Nullable String definitionFile,
      @Nullable ObjectNode inputs,
      @Nullable String executorId,
      @Nullable Idempotency idempotency) {
    this(
        read,
        reason,
        requester,
        definition,
        definitionFile,
        inputs,
        null,
        Selection.NONE,
        "",
        executorId,
        idempotency);
  }
}
