package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions.OnChange;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.workflow.CreatePolicy;
import dev.pawl.server.workflow.StepDefinition;
import java.util.Optional;

/**
 * How a create treats what it finds, in a retry that mended inputs. Where the step leaves it open,
 * an object that an input of this very retry makes differ is no longer silently kept as it was.
 */
final class MendedCreate {
  private final EarlierSteps earlier;
  private final StepEvaluator evaluator;

  MendedCreate(EarlierSteps earlier, StepEvaluator evaluator) {
    this.earlier = earlier;
    this.evaluator = evaluator;
  }

  /**
   * The policy.
   *
   * @param fingerprint of what the step does in the scope
   */
  CreatePolicy policy(StepDefinition step, Scope scope, String fingerprint) {
    CreatePolicy policy = earlier.chosen().policy(step);
    return policy.onChange() == null && isTouched(step, scope, fingerprint)
        ? policy.withOnChange(OnChange.FAIL)
        : policy;
  }

  private boolean isTouched(StepDefinition step, Scope scope, String fingerprint) {
    Optional<ObjectNode> before = earlier.inputsBefore();
    if (before.isEmpty() || before.get().isEmpty() || before.get().equals(scope.inputs())) {
      return false;
    }
    Scope then = scope.withInputs(before.get());
    try {
      return !Fingerprints.of(
              step, evaluator.resolveInstance(step, then), evaluator.resolveWith(step, then))
          .equals(fingerprint);
    } catch (EvaluationFailed | LimitExceeded e) {
      return true;
    }
  }
}
