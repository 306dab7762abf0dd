package dev.pawl.cli.progress;

import com.google.protobuf.Timestamp;
import dev.pawl.cli.output.Names;
import dev.pawl.v1.Attempt;
import dev.pawl.v1.Checkpoint;
import dev.pawl.v1.Run;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.StepOverride;
import dev.pawl.v1.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A run in a few lines: each step, the count of outcomes, and what to do next if it failed. */
public final class RunSummary {
  private RunSummary() {}

  public static List<String> lines(Run run) {
    List<String> lines = new ArrayList<>();
    int width =
        run.getStepsList().stream().mapToInt(s -> StepLine.name(s).length()).max().orElse(0);
    for (StepExecution step : run.getStepsList()) {
      lines.add(line(step, width));
      step.getCheckpointsList().forEach(c -> lines.add(checkpoint(c)));
    }
    run.getOverridesList().stream().map(RunSummary::said).forEach(lines::add);
    run.getAttemptsList().stream()
        .filter(a -> a.getNumber() < run.getAttempt())
        .map(RunSummary::before)
        .forEach(lines::add);
    lines.add(total(run));
    next(run, lines);
    return lines;
  }

  private static String line(StepExecution step, int width) {
    return "%-10s %s  %7s  %s"
        .formatted(
            StepLine.standing(step),
            padded(StepLine.name(step), width),
            StepLine.elapsed(step, Instant.now()),
            StepLine.remark(step))
        .stripTrailing();
  }

  private static String said(StepOverride said) {
    String name =
        said.getIterationKey().isEmpty()
            ? said.getStepId()
            : said.getStepId() + "[" + said.getIterationKey() + "]";
    return "after attempt %d, %s said to skip %s: %s"
        .formatted(said.getAttempt(), said.getRequester(), name, said.getReason());
  }

  private static String checkpoint(Checkpoint checkpoint) {
    return " ".repeat(11)
        + "checkpoint "
        + checkpoint.getName()
        + (checkpoint.hasEndTime() ? ": kept" : ": begun, its outcome is not known");
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String total(Run run) {
    Map<String, Long> counts =
        run.getStepsList().stream()
            .collect(
                Collectors.groupingBy(StepLine::standing, TreeMap::new, Collectors.counting()));
    String steps =
        counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    String time = time(run);
    String reason = run.getReason().isEmpty() ? "" : " (" + run.getReason() + ")";
    return "run %s %s%s, attempt %d%s%s"
        .formatted(
            run.getRunId(),
            Names.of(run.getStatus()),
            reason,
            run.getAttempt(),
            time,
            steps.isEmpty() ? "" : ": " + steps);
  }

  /** Of the attempt that is shown, which may have begun long after its run. */
  private static String time(Run run) {
    Optional<Attempt> latest =
        run.getAttemptsList().stream().filter(a -> a.getNumber() == run.getAttempt()).findFirst();
    if (latest.isPresent()) {
      Attempt shown = latest.get();
      return time(
          shown.hasStartTime() && shown.hasEndTime(), shown.getStartTime(), shown.getEndTime());
    }
    return time(run.hasStartTime() && run.hasEndTime(), run.getStartTime(), run.getEndTime());
  }

  private static String time(boolean known, Timestamp start, Timestamp end) {
    return known ? " in " + StepLine.elapsed(start, StepLine.instant(end)) : "";
  }

  private static String before(Attempt attempt) {
    String reason =
        attempt.getStatusReason().isEmpty() ? "" : " (" + attempt.getStatusReason() + ")";
    return "attempt %d, a %s by %s: %s%s"
        .formatted(
            attempt.getNumber(),
            Names.of(attempt.getReason()),
            attempt.getRequester(),
            Names.of(attempt.getStatus()),
            reason);
  }

  private static void next(Run run, List<String> lines) {
    boolean failed =
        run.getStepsList().stream().anyMatch(s -> s.getStatus() == StepStatus.STEP_STATUS_FAILED);
    if (!run.getMessage().isEmpty()) {
      lines.add(run.getMessage());
    }
    run.getStepsList().stream()
        .filter(s -> s.getStatus() == StepStatus.STEP_STATUS_WAITING && s.hasApproval())
        .forEach(s -> lines.add("answer it with: " + answer(run, s)));
    if (failed) {
      lines.add("mend it and go on with: pawl retry " + run.getRunId());
    }
  }

  private static String answer(Run run, StepExecution step) {
    String iteration =
        step.getIterationKey().isEmpty() ? "" : " --iteration " + step.getIterationKey();
    return "pawl approve " + run.getRunId() + " " + step.getStepId() + iteration + " [--reject]";
  }
}
