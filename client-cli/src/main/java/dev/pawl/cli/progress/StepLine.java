package dev.pawl.cli.progress;

import com.google.protobuf.Timestamp;
import dev.pawl.cli.output.Names;
import dev.pawl.v1.Approval;
import dev.pawl.v1.LogLine;
import dev.pawl.v1.StepError;
import dev.pawl.v1.StepExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A step execution in words. */
public final class StepLine {
  private StepLine() {}

  /** The step's id, with the iteration of a forEach: {@code droplets[web-1]}. */
  public static String name(StepExecution step) {
    return name(step.getStepId(), step.getIterationKey());
  }

  /** A line of its log. What would move a terminal's cursor or colour it is shown as a dot. */
  public static String logged(LogLine line) {
    return logName(line) + ": " + line.getMessage().replaceAll("[\\p{Cntrl}&&[^\t]]", "·");
  }

  /** The step that logged a line. */
  public static String logName(LogLine line) {
    return name(line.getStepId(), line.getIterationKey());
  }

  private static String name(String id, String iteration) {
    return iteration.isEmpty() ? id : id + "[" + iteration + "]";
  }

  /** How it stands in one word: the outcome once it has one. */
  public static String standing(StepExecution step) {
    return switch (step.getStatus()) {
      case STEP_STATUS_SUCCEEDED -> Names.of(step.getOutcome());
      case STEP_STATUS_UNSPECIFIED,
          STEP_STATUS_PENDING,
          STEP_STATUS_RUNNING,
          STEP_STATUS_WAITING,
          STEP_STATUS_FAILED,
          STEP_STATUS_CANCELLED,
          STEP_STATUS_NOT_RUN,
          UNRECOGNIZED ->
          Names.of(step.getStatus());
    };
  }

  /** What else there is to know: what it waits for, what differs, why it failed. Often empty. */
  public static String remark(StepExecution step) {
    if (step.hasError()) {
      return error(step.getError());
    }
    if (!step.getWaitingFor().isEmpty()) {
      return "waits for " + step.getWaitingFor();
    }
    if (step.hasApproval() && !step.getApproval().getDecidedBy().isEmpty()) {
      return decided(step.getApproval());
    }
    if (!step.getChildRunId().isEmpty()) {
      return "child run " + step.getChildRunId();
    }
    if (step.getDiffersCount() > 0) {
      return "kept, though it differs in "
          + String.join(", ", step.getDiffersList().stream().map(d -> d.getPath()).toList());
    }
    return String.join("; ", step.getWarningsList());
  }

  private static String decided(Approval approval) {
    String why = approval.getComment().isEmpty() ? "" : ": " + approval.getComment();
    return "approved by " + approval.getDecidedBy() + why;
  }

  /** The API's own words, with the request they answered. */
  public static String error(StepError error) {
    String request =
        error.hasApiRequest()
            ? " (%s %s → %s)"
                .formatted(
                    error.getApiRequest().getMethod(),
                    error.getApiRequest().getPath(),
                    error.getApiRequest().getStatus() == 0
                        ? "no answer"
                        : error.getApiRequest().getStatus())
            : "";
    return error.getReason() + ": " + error.getMessage() + request;
  }

  /** How long it has run, or ran; empty if it never started. */
  public static String elapsed(StepExecution step, Instant now) {
    return step.hasStartTime()
        ? elapsed(step.getStartTime(), step.hasEndTime() ? instant(step.getEndTime()) : now)
        : "";
  }

  static String elapsed(Timestamp start, Instant end) {
    Duration elapsed = Duration.between(instant(start), end);
    // Two machines' clocks: a moment before the start is the start.
    return words(elapsed.isNegative() ? Duration.ZERO : elapsed);
  }

  static String words(Duration elapsed) {
    return elapsed.toSeconds() < 60
        ? String.format(Locale.ROOT, "%.1fs", elapsed.toMillis() / 1000.0)
        : "%dm%02ds".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
