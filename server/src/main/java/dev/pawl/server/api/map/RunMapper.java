package dev.pawl.server.api.map;

import static java.util.stream.Collectors.groupingBy;

import dev.pawl.server.engine.ReadRuns.RunView;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.v1.Attempt;
import dev.pawl.v1.AttemptReason;
import dev.pawl.v1.Run;
import dev.pawl.v1.StepExecution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs as messages. */
public final class RunMapper {
  private RunMapper() {}

  /** A run without its steps and attempts. */
  public static Run run(RunRecord run) {
    Run.Builder out =
        Run.newBuilder()
            .setRunId(run.key().runId())
            .setNamespace(run.key().namespace())
            .setWorkflowName(run.workflowName())
            .setWorkflowVersion(Math.toIntExact(run.workflowVersion()))
            .setStatus(status(run.status()))
            .setReason(orEmpty(run.reason()))
            .setMessage(orEmpty(run.message()))
            .setAttempt(run.attempt())
            .setGeneration(run.generation())
            .setInputsJson(JsonText.text(run.inputs()))
            .setOutputsJson(JsonText.text(run.outputs()))
            .setCreateTime(Times.timestamp(run.createdAt()))
            .setIdempotencyKey(orEmpty(run.idempotencyKey()))
            .setSequence(run.eventSequence());
    if (run.parent() != null) {
      out.setParentRunId(run.parent().runId());
    }
    if (run.startedAt() != null) {
      out.setStartTime(Times.timestamp(run.startedAt()));
    }
    if (run.endedAt() != null) {
      out.setEndTime(Times.timestamp(run.endedAt()));
    }
    if (run.archivedAt() != null) {
      out.setArchiveTime(Times.timestamp(run.archivedAt()));
    }
    return out.build();
  }

  /** A run with its steps and attempts. */
  public static Run run(RunView view) {
    Run.Builder out = run(view.run()).toBuilder();
    Steps steps = new Steps(view);
    latest(view.steps()).stream().map(steps::message).forEach(out::addSteps);
    view.overrides().stream().map(StepMapper::override).forEach(out::addOverrides);
    Map<Integer, List<StepRecord>> byAttempt =
        view.steps().stream().collect(groupingBy(StepRecord::attempt));
    String inputs = "";
    for (AttemptRecord attempt : view.attempts()) {
      if (attempt.inputs() != null) {
        inputs = JsonText.text(attempt.inputs());
      }
      out.addAttempts(
          attempt(attempt, byAttempt.getOrDefault(attempt.number(), List.of()), steps)
              .setInputsJson(inputs.isEmpty() ? out.getInputsJson() : inputs));
    }
    return out.build();
  }

  /**
   * The latest execution of each step, in the file's order. A step is either one entry or one for
   * each iteration, as it was when it was last come to: a forEach that did not run in one attempt
   * leaves nothing behind once a later one has gone over its items.
   */
  static List<StepRecord> latest(List<StepRecord> steps) {
    Map<String, StepRecord> last = new HashMap<>();
    Map<StepKey, StepRecord> latest = new LinkedHashMap<>();
    for (StepRecord step : steps) {
      latest.merge(step.key(), step, (a, b) -> a.attempt() > b.attempt() ? a : b);
      last.merge(step.key().stepId(), step, (a, b) -> a.attempt() > b.attempt() ? a : b);
    }
    latest
        .values()
        .removeIf(
            step -> {
              StepRecord newest = last.getOrDefault(step.key().stepId(), step);
              return step.key().iteration().isEmpty() != newest.key().iteration().isEmpty();
            });
    List<StepRecord> inOrder = new ArrayList<>(latest.values());
    inOrder.sort(Comparator.comparingInt(StepRecord::ordinal));
    return inOrder;
  }

  /** Step executions as messages, with all that is kept beside their rows. */
  private static final class Steps {
    private final WaitMapper waits;
    private final CheckpointMapper checkpoints;

    Steps(RunView view) {
      this.waits = new WaitMapper(view.waits());
      this.checkpoints = new CheckpointMapper(view.checkpoints());
    }

    StepExecution message(StepRecord step) {
      StepExecution.Builder out = StepMapper.step(step).toBuilder();
      waits.add(step, out);
      checkpoints.add(step, out);
      return out.build();
    }
  }

  private static Attempt.Builder attempt(
      AttemptRecord attempt, List<StepRecord> executions, Steps steps) {
    Attempt.Builder out =
        Attempt.newBuilder()
            .setNumber(attempt.number())
            .setReason(AttemptReason.valueOf("ATTEMPT_REASON_" + attempt.reason().name()))
            .setRequester(attempt.requester())
            .setRequestId(attempt.requestId())
            .setStatus(status(attempt.status()))
            .setStatusReason(orEmpty(attempt.statusReason()))
            .setMessage(orEmpty(attempt.message()))
            .setFromStep(orEmpty(attempt.selection().fromStep()))
            .addAllNamedSteps(attempt.selection().steps())
            .setRecreate(attempt.selection().recreate())
            .setCreateTime(Times.timestamp(attempt.startedAt()))
            .setStartTime(Times.timestamp(attempt.startedAt()));
    if (attempt.endedAt() != null) {
      out.setEndTime(Times.timestamp(attempt.endedAt()));
    }
    executions.stream()
        .sorted(Comparator.comparingInt(StepRecord::ordinal))
        .map(steps::message)
        .forEach(out::addSteps);
    return out;
  }

  /** The wire's word for a status. */
  public static dev.pawl.v1.RunStatus status(RunStatus status) {
    return dev.pawl.v1.RunStatus.valueOf("RUN_STATUS_" + status.name());
  }

  /** The status that a filter names. */
  public static RunStatus status(dev.pawl.v1.RunStatus status) {
    return switch (status) {
      case RUN_STATUS_QUEUED -> RunStatus.QUEUED;
      case RUN_STATUS_RUNNING -> RunStatus.RUNNING;
      case RUN_STATUS_WAITING -> RunStatus.WAITING;
      case RUN_STATUS_SUCCEEDED -> RunStatus.SUCCEEDED;
      case RUN_STATUS_FAILED -> RunStatus.FAILED;
      case RUN_STATUS_CANCELLED -> RunStatus.CANCELLED;
      case RUN_STATUS_TIMED_OUT -> RunStatus.TIMED_OUT;
      case RUN_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw dev.pawl.server.failure.ServerFailure.invalidField(
              "statuses", "names a status that this server does not know");
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
