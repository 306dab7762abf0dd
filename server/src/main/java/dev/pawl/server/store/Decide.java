package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.Waiting;

/**
 * A person's decision on an approval step.
 *
 * @param by who decides
 * @param comment why; may be empty
 */
public record Decide(
    RunKey run, StepKey step, Waiting.Decision decision, String by, String comment) {

  /** What became of it. */
  public enum Result {
    /** It is stored, and its run is woken. */
    DECIDED,
    /** The same was decided before. */
    SAME,
    /** Something else was decided before. */
    OTHER,
    /** The step does not wait for a decision. */
    NONE_PENDING
  }

  public Decide {
    requireNonNull(run, "run");
    requireNonNull(step, "step");
    requireNonNull(decision, "decision");
    requireNonNull(by, "by");
    requireNonNull(comment, "comment");
  }
}
