package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The first execution of a run, or a later retry or recovery.
 *
 * @param number from 1
 * @param requestId the idempotency key of the call that began it, else an id of the server's own
 * @param statusReason null unless it ended otherwise than SUCCEEDED
 * @param definition what it ran, where it differs from the attempt before; else null
 * @param inputs what it ran with, where they differ; else null
 * @param selection what a RETRY was asked to run; NONE for others
 */
public record AttemptRecord(
    int number,
    AttemptReason reason,
    String requester,
    String requestId,
    RunStatus status,
    @Nullable String statusReason,
    @Nullable String message,
    @Nullable String definition,
    @Nullable ObjectNode inputs,
    Selection selection,
    Instant startedAt,
    @Nullable Instant endedAt) {
  public AttemptRecord {
    requireNonNull(reason, "reason");
    requireNonNull(requester, "requester");
    requireNonNull(requestId, "requestId");
    requireNonNull(status, "status");
    requireNonNull(selection, "selection");
    requireNonNull(startedAt, "startedAt");
  }

  /** The first attempt of a run that has had no other: it is what the run is. */
  public static AttemptRecord first(RunRecord run) {
    return new AttemptRecord(
        1,
        AttemptReason.START,
        run.requester(),
        run.idempotencyKey() == null ? run.key().runId() : run.idempotencyKey(),
        run.status(),
        run.reason(),
        run.message(),
        run.definition(),
        run.inputs(),
        Selection.NONE,
        run.createdAt(),
        run.endedAt());
  }
}
