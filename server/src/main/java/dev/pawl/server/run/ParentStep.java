package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

/**
 * The step that a child run belongs to.
 *
 * @param runId in the child's own namespace
 */
public record ParentStep(String runId, StepKey step) {
  public ParentStep {
    requireNonNull(runId, "runId");
    requireNonNull(step, "step");
  }
}
