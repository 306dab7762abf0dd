package dev.pawl.cli.e2e;

import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import java.util.ArrayList;
import java.util.List;

/** What came of one cell. */
final class CrashOutcome {
  private final CrashCell cell;
  private final int crashes;
  private final double seconds;
  private final List<String> violations = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private int runs;
  private int succeeded;
  private int inDoubt;
  private int failed;

  /**
   * Nothing counted yet.
   *
   * @param crashes how many runs lost their server, each time counted
   * @param seconds from the start to the last run's end
   */
  CrashOutcome(CrashCell cell, int crashes, double seconds) {
    this.cell = cell;
    this.crashes = crashes;
    this.seconds = seconds;
  }

  void count(Run run, List<String> found) {
    runs++;
    if (run.getStatus() == RunStatus.RUN_STATUS_SUCCEEDED) {
      succeeded++;
    } else {
      reasons.add(run.getReason() + ": " + run.getMessage());
      if (run.getReason().equals("IN_DOUBT")) {
        inDoubt++;
      } else {
        failed++;
      }
    }
    found.forEach(violation -> violations.add(cell + ": " + violation));
  }

  List<String> violations() {
    return violations;
  }

  int crashes() {
    return crashes;
  }

  int runs() {
    return runs;
  }

  int succeeded() {
    return succeeded;
  }

  int inDoubt() {
    return inDoubt;
  }

  int failed() {
    return failed;
  }

  /** Why runs did not succeed. */
  List<String> reasons() {
    return reasons;
  }

  static final String TITLES =
      """
      | server | point | API | second kill | runs | crashes | succeeded | in doubt | failed | violations | s |
      |---|---|---|---|---:|---:|---:|---:|---:|---:|---:|
      """;

  @Override
  public String toString() {
    return "| %s | %s | %s | %s | %d | %d | %d | %d | %d | %d | %.0f |"
        .formatted(
            cell.signal(),
            cell.point().words,
            cell.fault(),
            cell.second() ? "yes" : "",
            runs,
            crashes,
            succeeded,
            inDoubt,
            failed,
            violations.size(),
            seconds);
  }
}
