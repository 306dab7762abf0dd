package dev.pawl.cli.output;

import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.failure.Failure;
import dev.pawl.v1.Approval;
import dev.pawl.v1.Attempt;
import dev.pawl.v1.Checkpoint;
import dev.pawl.v1.FieldDifference;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StepError;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.StepOverride;
import dev.pawl.v1.StepStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run}, {@code retry}, {@code show} and {@code watch} print.
 *
 * @param run with its steps
 * @param origin whether this command began the run or found it
 */
public record RunDocument(Run run, Origin origin) {
  /** How the command came to the run. */
  public enum Origin {
    STARTED,
    /** The idempotency key was known: this is the run of an earlier call. */
    REPLAYED
  }

  /** Several attempts, and what people have said of its steps, come only where there are any. */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> document = document();
    if (run.getAttemptsCount() > 1) {
      document.put("attempts", run.getAttemptsList().stream().map(RunDocument::attempt).toList());
    }
    if (run.getOverridesCount() > 0) {
      document.put(
          "overrides", run.getOverridesList().stream().map(RunDocument::override).toList());
    }
    return document;
  }

  private static Map<String, @Nullable Object> attempt(Attempt attempt) {
    return Json.object(
        "attempt", attempt.getNumber(),
        "cause", Names.of(attempt.getReason()),
        "requester", Json.orNull(attempt.getRequester()),
        "requestId", Json.orNull(attempt.getRequestId()),
        "status", Names.of(attempt.getStatus()),
        "reason", Json.orNull(attempt.getStatusReason()),
        "startTime", Times.json(attempt.hasStartTime(), attempt.getStartTime()),
        "endTime", Times.json(attempt.hasEndTime(), attempt.getEndTime()));
  }

  private static Map<String, @Nullable Object> override(StepOverride said) {
    return Json.object(
        "id", said.getStepId(),
        "iteration", Json.orNull(said.getIterationKey()),
        "afterAttempt", said.getAttempt(),
        "output", new Json.Raw(said.getOutputJson()),
        "reason", said.getReason(),
        "requester", said.getRequester(),
        "time", Times.json(said.hasCreateTime(), said.getCreateTime()));
  }

  private Map<String, @Nullable Object> document() {
    return Json.object(
        "run",
        run.getRunId(),
        "status",
        Names.of(run.getStatus()),
        "reason",
        Json.orNull(run.getReason()),
        "attempt",
        run.getAttempt(),
        "replayed",
        origin == Origin.REPLAYED,
        "steps",
        run.getStepsList().stream().map(RunDocument::step).toList());
  }

  /** A run that has not ended is no failure: it was started, or shown, as asked. */
  public ExitCode exitCode() {
    if (run.getReason().equals(Failure.IN_DOUBT)
        || run.getStepsList().stream()
            .anyMatch(s -> s.hasError() && s.getError().getReason().equals(Failure.IN_DOUBT))) {
      return ExitCode.IN_DOUBT;
    }
    return switch (run.getStatus()) {
      case RUN_STATUS_FAILED, RUN_STATUS_CANCELLED, RUN_STATUS_TIMED_OUT -> ExitCode.FAILED;
      case RUN_STATUS_SUCCEEDED,
          RUN_STATUS_QUEUED,
          RUN_STATUS_RUNNING,
          RUN_STATUS_WAITING,
          RUN_STATUS_UNSPECIFIED,
          UNRECOGNIZED ->
          ExitCode.OK;
    };
  }

  /** Whether the run will not change any more by itself. */
  public static boolean hasEnded(RunStatus status) {
    return switch (status) {
      case RUN_STATUS_SUCCEEDED, RUN_STATUS_FAILED, RUN_STATUS_CANCELLED, RUN_STATUS_TIMED_OUT ->
          true;
      case RUN_STATUS_QUEUED,
          RUN_STATUS_RUNNING,
          RUN_STATUS_WAITING,
          RUN_STATUS_UNSPECIFIED,
          UNRECOGNIZED ->
          false;
    };
  }

  /** What only some steps have stands there only for those. */
  private static Map<String, @Nullable Object> step(StepExecution step) {
    Map<String, @Nullable Object> out = plain(step);
    if (!step.getWaitingFor().isEmpty()) {
      out.put("waitingFor", step.getWaitingFor());
    }
    if (!step.getChildRunId().isEmpty()) {
      out.put("childRun", step.getChildRunId());
    }
    if (step.hasApproval()) {
      out.put("approval", approval(step.getApproval()));
    }
    if (step.getCheckpointsCount() > 0) {
      out.put(
          "checkpoints", step.getCheckpointsList().stream().map(RunDocument::checkpoint).toList());
    }
    return out;
  }

  private static Map<String, @Nullable Object> approval(Approval approval) {
    String decision =
        switch (approval.getDecision()) {
          case APPROVAL_DECISION_APPROVED -> "APPROVED";
          case APPROVAL_DECISION_REJECTED -> "REJECTED";
          case APPROVAL_DECISION_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    return Json.object(
        "prompt",
        approval.getPrompt(),
        "decision",
        Json.orNull(decision),
        "decidedBy",
        Json.orNull(approval.getDecidedBy()),
        "comment",
        Json.orNull(approval.getComment()));
  }

  private static Map<String, @Nullable Object> plain(StepExecution step) {
    return Json.object(
        "id",
        step.getStepId(),
        "instance",
        Json.orNull(step.getInstance()),
        "status",
        Names.of(step.getStatus()),
        "outcome",
        step.getStatus() == StepStatus.STEP_STATUS_SUCCEEDED
            ? Names.outcome(step.getOutcome())
            : null,
        "attempt",
        step.getAttempt(),
        "differs",
        step.getDiffersList().stream().map(FieldDifference::getPath).toList(),
        "error",
        step.hasError() ? error(step.getError()) : null);
  }

  /** Without an end its outcome is not known; its result, where there is one, may be null. */
  private static Map<String, @Nullable Object> checkpoint(Checkpoint checkpoint) {
    return Json.object(
        "name",
        checkpoint.getName(),
        "known",
        checkpoint.hasEndTime(),
        "result",
        new Json.Raw(checkpoint.getResultJson()));
  }

  private static Map<String, @Nullable Object> error(StepError error) {
    return Json.object(
        "code",
        error.getCode(),
        "reason",
        error.getReason(),
        "message",
        error.getMessage(),
        "request",
        error.hasApiRequest()
            ? Json.object(
                "method",
                error.getApiRequest().getMethod(),
                "path",
                error.getApiRequest().getPath(),
                "status",
                error.getApiRequest().getStatus())
            : null,
        "violations",
        error.getViolationsList().stream()
            .map(v -> Json.object("field", v.getField(), "message", v.getMessage()))
            .toList());
  }
}
