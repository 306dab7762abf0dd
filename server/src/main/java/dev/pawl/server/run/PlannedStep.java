package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.FieldDifference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run or a retry would do with a step.
 *
 * @param instance as far as it can be known before the run; empty otherwise
 * @param createAction null for other methods, and where the instance cannot be known
 * @param reasons short sentences
 */
public record PlannedStep(
    StepKey key,
    String modelType,
    String method,
    String instance,
    Action action,
    @Nullable CreateAction createAction,
    List<String> reasons,
    List<FieldDifference> differs,
    List<String> dependsOn) {

  /** What would be done with the step. */
  public enum Action {
    RUN,
    REUSE,
    RERUN,
    SKIP
  }

  /** What its create would do with the resource. */
  public enum CreateAction {
    CREATE,
    REUSE,
    VERIFY,
    RECREATE,
    ADOPT,
    IN_DOUBT,
    UPDATE
  }

  public PlannedStep {
    requireNonNull(key, "key");
    requireNonNull(action, "action");
    reasons = List.copyOf(reasons);
    differs = List.copyOf(differs);
    dependsOn = List.copyOf(dependsOn);
  }
}
