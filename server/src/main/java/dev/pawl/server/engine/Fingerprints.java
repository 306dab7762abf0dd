package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodKind;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.workflow.StepDefinition;

/** Whether a step would do what it has done already. */
final class Fingerprints {
  private Fingerprints() {}

  /** Of what a step does: its definition's part in it and what it came to. */
  static String of(StepDefinition step, String instance, ObjectNode arguments) {
    ObjectNode what = Json.object();
    what.set("step", step.effect());
    what.put("instance", instance);
    what.set("arguments", arguments);
    return Json.fingerprint(what);
  }

  /** Whether a retry keeps an earlier end as it is. Cleanup runs once per attempt. */
  static boolean mayKeep(
      StepDefinition step, MethodDescriptor method, StepRecord end, String fingerprint) {
    return fingerprint.equals(end.fingerprint())
        && !isVerified(step, method, end)
        && !step.always();
  }

  /**
   * Whether a success is run again instead of being kept: a create under a claim verifies what is
   * stored, by its policy.
   */
  static boolean isVerified(StepDefinition step, MethodDescriptor method, StepRecord end) {
    return end.status() == StepStatus.SUCCEEDED
        && method.kind() == MethodKind.CREATE
        && isClaimed(step, method);
  }

  /**
   * Whether a call whose outcome nobody knows may be made again: what runs under a claim begins
   * with a look, and reads, changes and deletes come to the same. What else may have had an effect
   * may not.
   */
  static boolean mayBeRepeated(StepDefinition step, MethodDescriptor method) {
    return switch (method.kind()) {
      case READ, UPDATE, DELETE -> true;
      case CREATE -> isClaimed(step, method);
      case ACTION -> false;
    };
  }

  /** Whether nothing is lost if nobody learns that a call had begun: another does no harm. */
  static boolean mayBeginUntold(StepDefinition step, MethodDescriptor method) {
    return mayBeRepeated(step, method) || isClaimed(step, method);
  }

  /** Whether calling it again can't do the same thing twice. */
  static boolean isClaimed(StepDefinition step, MethodDescriptor method) {
    return step.skipIfExists() || method.has(Trait.CLAIMS_ITSELF) || method.has(Trait.IDEMPOTENT);
  }
}
