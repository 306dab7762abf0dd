package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodKind;
import dev.pawl.server.run.StepRecord;
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

  /**
   * Whether a retry keeps a success as it is. A create under a claim is run again instead: it
   * verifies what is stored, by its policy. Cleanup runs once per attempt.
   */
  static boolean mayKeep(
      StepDefinition step, MethodDescriptor method, StepRecord success, String fingerprint) {
    boolean verifies = method.kind() == MethodKind.CREATE && isClaimed(step, method);
    return fingerprint.equals(success.fingerprint()) && !verifies && !step.always();
  }

  /** Whether calling it again can't do the same thing twice. */
  static boolean isClaimed(StepDefinition step, MethodDescriptor method) {
    return step.skipIfExists() || method.has(Trait.CLAIMS_ITSELF) || method.has(Trait.IDEMPOTENT);
  }
}
