package dev.pawl.server.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which steps a retry was asked to run, as far as the choice is not left to the server.
 *
 * @param fromStep this step and all downstream, besides what would run anyway; null for none
 * @param steps exactly these, each a step's id, or {@code id[key]} for one iteration; empty leaves
 *     the choice to the server
 * @param recreate whether creates make anew what was deleted on record after the run began
 */
public record Selection(@Nullable String fromStep, List<String> steps, boolean recreate) {
  /** What failed, never ran or has changed. */
  public static final Selection NONE = new Selection(null, List.of(), false);

  public Selection {
    steps = steps.stream().distinct().toList();
    if (fromStep != null && !steps.isEmpty()) {
      throw new IllegalArgumentException("from a step on, or exactly some steps: not both");
    }
  }

  /** Whether nothing but the named steps is to run. */
  public boolean isExact() {
    return !steps.isEmpty();
  }

  /** Whether it speaks of the step itself, or of one of its iterations. */
  public boolean names(String stepId) {
    return stepId.equals(fromStep) || steps.stream().anyMatch(s -> stepOf(s).equals(stepId));
  }

  /** Whether it speaks of this execution, or of the whole step. */
  public boolean names(StepKey key) {
    return key.stepId().equals(fromStep)
        || steps.contains(key.stepId())
        || steps.contains(key.toString());
  }

  /** The step's id in what may name one of its iterations; ids hold no bracket. */
  public static String stepOf(String named) {
    int bracket = named.indexOf('[');
    return bracket > 0 && named.endsWith("]") ? named.substring(0, bracket) : named;
  }
}
