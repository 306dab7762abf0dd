package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

/**
 * Which step, and which iteration of it.
 *
 * @param stepId the id in the workflow
 * @param iteration the key of the forEach iteration; empty for a plain step
 */
public record StepKey(String stepId, String iteration) {
  public StepKey {
    requireNonNull(stepId, "stepId");
    requireNonNull(iteration, "iteration");
  }

  public static StepKey of(String stepId) {
    return new StepKey(stepId, "");
  }

  @Override
  public String toString() {
    return iteration.isEmpty() ? stepId : stepId + "[" + iteration + "]";
  }
}
