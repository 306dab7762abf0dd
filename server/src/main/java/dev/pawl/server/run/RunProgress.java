package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

/**
 * How far a run has come: what of a {@link RunRecord} changes from step to step.
 *
 * @param status of its latest attempt
 * @param eventSequence of the newest event
 */
public record RunProgress(RunStatus status, long eventSequence) {
  public RunProgress {
    requireNonNull(status, "status");
  }
}
