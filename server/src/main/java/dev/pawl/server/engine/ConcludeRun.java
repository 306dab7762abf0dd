package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.engine.ExecuteRun.StepEnd;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.run.AsStored;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an attempt ends whose steps have all ended. */
final class ConcludeRun {
  private final WorkflowDefinition workflow;
  private final StopSignal.@Nullable Cause cause;
  private final TimeLimit limit;
  private final ChosenSteps chosen;

  /**
   * For one attempt.
   *
   * @param cause why it was stopped; null if it was not
   */
  ConcludeRun(
      WorkflowDefinition workflow,
      StopSignal.@Nullable Cause cause,
      TimeLimit limit,
      ChosenSteps chosen) {
    this.workflow = workflow;
    this.cause = cause;
    this.limit = limit;
    this.chosen = chosen;
  }

  /** The run's outputs. */
  @FunctionalInterface
  interface Outputs {
    ObjectNode read() throws EvaluationFailed;
  }

  RunChange.End run(List<StepEnd> ends, Outputs outputs) {
    List<StepRecord> failed = new ArrayList<>();
    ends.forEach(e -> failed.addAll(e.failures()));
    boolean whole = ends.stream().allMatch(StepEnd::letsDependentsRun);
    if (!whole) {
      return broken(failed);
    }
    try {
      return new RunChange.End(RunStatus.SUCCEEDED, null, null, AsStored.object(outputs.read()));
    } catch (EvaluationFailed e) {
      return new RunChange.End(RunStatus.FAILED, "INVALID_WORKFLOW", e.getMessage(), null);
    } catch (LimitExceeded e) {
      return new RunChange.End(RunStatus.FAILED, "LIMIT_EXCEEDED", e.getMessage(), null);
    }
  }

  /** A run whose every step ended well has succeeded, whatever was asked of it meanwhile. */
  private RunChange.End broken(List<StepRecord> failed) {
    if (cause == StopSignal.Cause.CANCELLED) {
      // Without a message of its own it gets the asker's.
      return new RunChange.End(RunStatus.CANCELLED, "CANCELLED", null, null);
    }
    if (cause == StopSignal.Cause.TIMED_OUT) {
      return new RunChange.End(RunStatus.TIMED_OUT, "DEADLINE", limit.passed(workflow), null);
    }
    if (!failed.isEmpty()) {
      return failed(failed);
    }
    return chosen.isExact()
        ? new RunChange.End(
            RunStatus.FAILED,
            "STEPS_LEFT",
            "only the steps that were named could run, and others have not succeeded yet; retry"
                + " without naming any to run the rest",
            null)
        : new RunChange.End(
            RunStatus.FAILED, "INTERNAL", "a step did not end, and nothing says why", null);
  }

  /** As it fails by its steps. */
  static RunChange.End failed(List<StepRecord> failed) {
    boolean doubt =
        failed.stream()
            .map(StepRecord::error)
            .anyMatch(e -> e != null && e.reason().equals("IN_DOUBT"));
    StepRecord first = failed.get(0);
    StepError error = first.error();
    String rest = failed.size() == 1 ? "" : " (and " + (failed.size() - 1) + " more)";
    return new RunChange.End(
        RunStatus.FAILED,
        doubt ? "IN_DOUBT" : "STEP_FAILED",
        "step " + first.key() + " failed" + rest + (error == null ? "" : ": " + error.message()),
        null);
  }
}
