package dev.pawl.cli.progress;

import dev.pawl.cli.output.Names;
import dev.pawl.v1.LogLine;
import dev.pawl.v1.Run;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.StepStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One line per transition: for pipes, files and CI. */
public final class PlainProgress implements Progress {
  private final Consumer<String> lines;
  private final Map<String, String> shown = new HashMap<>();
  private String runShown = "";

  /**
   * @param lines takes each line
   */
  public PlainProgress(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void run(Run run) {
    String line =
        "run %s attempt %d %s"
            .formatted(run.getRunId(), run.getAttempt(), Names.of(run.getStatus()));
    if (!line.equals(runShown)) {
      runShown = line;
      lines.accept(line);
    }
  }

  @Override
  public void step(StepExecution step) {
    // What has not begun is no news.
    if (step.getStatus() == StepStatus.STEP_STATUS_PENDING) {
      return;
    }
    String line = line(step);
    if (!line.equals(shown.put(step.getAttempt() + StepLine.name(step), line))) {
      lines.accept(line);
    }
  }

  private static String line(StepExecution step) {
    StringBuilder line = new StringBuilder(StepLine.name(step)).append(": ");
    line.append(StepLine.standing(step));
    if (step.hasStartTime() && step.hasEndTime()) {
      line.append(" in ").append(StepLine.elapsed(step, Instant.EPOCH));
    }
    String remark = StepLine.remark(step);
    return remark.isEmpty() ? line.toString() : line.append(" - ").append(remark).toString();
  }

  @Override
  public void log(LogLine line) {
    lines.accept(StepLine.logged(line));
  }

  @Override
  public void note(String sentence) {
    lines.accept(sentence);
  }

  @Override
  public void close() {}
}
