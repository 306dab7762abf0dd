package dev.pawl.cli.output;

import dev.pawl.cli.failure.CliException;
import dev.pawl.v1.Attempt;
import dev.pawl.v1.Run;

/** A run as one of its attempts left it: nothing earlier is hidden. */
public final class OneAttempt {
  private OneAttempt() {}

  /**
   * The run with that attempt's steps, status and times.
   *
   * @throws CliException a usage error when there is no such attempt
   */
  public static Run of(Run run, int number) {
    Attempt attempt =
        run.getAttemptsList().stream()
            .filter(a -> a.getNumber() == number)
            .findFirst()
            .orElseThrow(
                () ->
                    CliException.usage(
                        "run "
                            + run.getRunId()
                            + " has no attempt "
                            + number
                            + "; its latest is "
                            + run.getAttempt()));
    Run.Builder out =
        run.toBuilder()
            .clearSteps()
            .addAllSteps(attempt.getStepsList())
            .setStatus(attempt.getStatus())
            .setReason(attempt.getStatusReason())
            .setMessage(attempt.getMessage())
            .setAttempt(number)
            .clearStartTime()
            .clearEndTime()
            .clearAttempts();
    if (attempt.hasStartTime()) {
      out.setStartTime(attempt.getStartTime());
    }
    if (attempt.hasEndTime()) {
      out.setEndTime(attempt.getEndTime());
    }
    return out.build();
  }
}
