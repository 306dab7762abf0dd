package dev.pawl.server.engine;

import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.RunStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this attempt has done already, before its run was put down: it stands as it is. And what it
 * waited for before its executor vanished.
 */
final class StandingSteps {
  private final Map<StepKey, StepRecord> steps = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final Set<StepKey> waited = new HashSet<>();
  private boolean startsOver;

  private StandingSteps() {}

  static StandingSteps read(RunRecord run, RunStore store) {
    StandingSteps out = new StandingSteps();
    // Each attempt and each further change of hands raises the generation.
    if (run.generation() > run.attempt()) {
      for (StepRecord step : store.steps(run.key())) {
        if (step.attempt() == run.attempt()) {
          out.steps.put(step.key(), step);
          if (step.tries() > 0) {
            out.begun.add(step.key().stepId());
          }
        }
      }
    }
    if (run.attempt() > 1) {
      List<AttemptRecord> attempts = store.attempts(run.key());
      boolean recovered = attempts.get(attempts.size() - 1).reason() == AttemptReason.RECOVERY;
      out.startsOver = recovered && run.recoveryStrategy().equals("restart");
      for (Waiting wait : store.waits(run.key())) {
        if (wait.attempt() == run.attempt()) {
          out.waited.add(wait.step());
        }
      }
    }
    return out;
  }

  /** A step that has ended in this attempt. */
  Optional<StepRecord> ended(StepKey key) {
    return Optional.ofNullable(steps.get(key)).filter(s -> s.status().hasEnded());
  }

  /** A step that waits in this attempt. */
  Optional<StepRecord> waiting(StepKey key) {
    return Optional.ofNullable(steps.get(key)).filter(s -> s.status() == StepStatus.WAITING);
  }

  /** Those whose method was called in this attempt. */
  List<StepKey> called() {
    return steps.values().stream().filter(s -> s.tries() > 0).map(StepRecord::key).toList();
  }

  /** Whether the step was found to run in this attempt. */
  boolean hadBegun(String stepId) {
    return begun.contains(stepId);
  }

  /** Whether something of the step waits, so that it must be come to even if the run stops. */
  boolean isOpen(String stepId) {
    return begun.contains(stepId) || waited.stream().anyMatch(k -> k.stepId().equals(stepId));
  }

  /** The same of one iteration. */
  boolean isOpen(StepKey key) {
    return waited.contains(key);
  }

  /** Whether everything is to be done again, though somebody did it in an earlier attempt. */
  boolean startsOver() {
    return startsOver;
  }
}
