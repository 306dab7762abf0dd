package dev.pawl.server.engine;

import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What earlier attempts of a run have done, as far as this attempt may keep it. */
final class EarlierSteps {
  private final AttemptReason reason;
  private final Map<StepKey, StepRecord> latest;
  private final Set<String> pulledIn;

  private EarlierSteps(
      AttemptReason reason, Map<StepKey, StepRecord> latest, Set<String> pulledIn) {
    this.reason = reason;
    this.latest = latest;
    this.pulledIn = pulledIn;
  }

  static EarlierSteps of(RunRecord run, RunStore store, WorkflowDefinition definition) {
    if (run.attempt() == 1) {
      return new EarlierSteps(AttemptReason.START, Map.of(), Set.of());
    }
    List<AttemptRecord> attempts = store.attempts(run.key());
    AttemptReason reason = attempts.get(attempts.size() - 1).reason();
    boolean restarts = reason == AttemptReason.RECOVERY && run.recoveryStrategy().equals("restart");
    Map<StepKey, StepRecord> latest =
        restarts ? Map.of() : latest(store.steps(run.key()), run.attempt());
    return new EarlierSteps(reason, latest, pulledIn(definition, latest));
  }

  static Map<StepKey, StepRecord> latest(List<StepRecord> steps, int beforeAttempt) {
    Map<StepKey, StepRecord> latest = new HashMap<>();
    for (StepRecord step : steps) {
      if (step.attempt() < beforeAttempt) {
        latest.put(step.key(), step);
      }
    }
    return latest;
  }

  /** Steps that run again because one that did not succeed says it depends on their running. */
  static Set<String> pulledIn(WorkflowDefinition definition, Map<StepKey, StepRecord> latest) {
    Set<String> failed = new HashSet<>();
    Set<String> succeeded = new HashSet<>();
    latest
        .values()
        .forEach(
            s -> (s.status() == StepStatus.SUCCEEDED ? succeeded : failed).add(s.key().stepId()));
    Deque<StepDefinition> open = new ArrayDeque<>();
    for (StepDefinition step : definition.steps()) {
      if (failed.contains(step.id()) || !succeeded.contains(step.id())) {
        open.add(step);
      }
    }
    Set<String> pulled = new HashSet<>();
    while (!open.isEmpty()) {
      for (String id : open.remove().recoveryDependsOn()) {
        if (pulled.add(id)) {
          definition.step(id).ifPresent(open::add);
        }
      }
    }
    return pulled;
  }

  /** The latest execution of a step that succeeded and may be kept. */
  Optional<StepRecord> success(StepKey key) {
    StepRecord step = latest.get(key);
    return step == null || step.status() != StepStatus.SUCCEEDED || pulledIn.contains(key.stepId())
        ? Optional.empty()
        : Optional.of(step);
  }

  AttemptReason reason() {
    return reason;
  }
}
