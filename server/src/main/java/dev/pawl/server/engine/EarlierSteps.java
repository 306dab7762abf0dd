package dev.pawl.server.engine;

import dev.pawl.model.Outcome;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What earlier attempts of a run have done, as far as this attempt may keep it. */
final class EarlierSteps {
  static final EarlierSteps NONE =
      new EarlierSteps(Map.of(), Map.of(), Set.of(), Integer.MAX_VALUE);

  /** Outcomes that leave nothing new for those who consume them. */
  private static final Set<Outcome> SAME =
      EnumSet.of(Outcome.REUSED, Outcome.VERIFIED, Outcome.SKIPPED);

  private final Map<StepKey, StepRecord> latest;
  private final Map<StepKey, List<StepRecord>> successes;
  private final Set<String> pulledIn;
  private final int sameWorkFrom;

  private EarlierSteps(
      Map<StepKey, StepRecord> latest,
      Map<StepKey, List<StepRecord>> successes,
      Set<String> pulledIn,
      int sameWorkFrom) {
    this.latest = latest;
    this.successes = successes;
    this.pulledIn = pulledIn;
    this.sameWorkFrom = sameWorkFrom;
  }

  /**
   * For an attempt that has begun.
   *
   * @param attempts all of them, oldest first
   * @param steps all that were ever written, by attempt
   * @param strategy of the recovery
   */
  static EarlierSteps of(
      List<AttemptRecord> attempts,
      List<StepRecord> steps,
      String strategy,
      WorkflowDefinition definition) {
    AttemptRecord current = attempts.get(attempts.size() - 1);
    return switch (current.reason()) {
      case START -> NONE;
      case RETRY -> beforeRetry(steps, current.number(), definition);
      case RECOVERY ->
          strategy.equals("restart")
              ? NONE
              : of(steps, current.number(), sameWorkFrom(attempts), definition);
    };
  }

  /** For a retry that is, or would be, the given attempt. */
  static EarlierSteps beforeRetry(
      List<StepRecord> steps, int attempt, WorkflowDefinition definition) {
    return of(steps, attempt, Integer.MAX_VALUE, definition);
  }

  private static EarlierSteps of(
      List<StepRecord> steps, int attempt, int sameWorkFrom, WorkflowDefinition definition) {
    Map<StepKey, StepRecord> latest = latest(steps, attempt);
    Map<StepKey, List<StepRecord>> successes =
        steps.stream()
            .filter(s -> s.attempt() < attempt && s.status() == StepStatus.SUCCEEDED)
            .collect(Collectors.groupingBy(StepRecord::key));
    return new EarlierSteps(latest, successes, pulledIn(definition, latest), sameWorkFrom);
  }

  /** A recovery goes on with the work of the last attempt that somebody asked for. */
  private static int sameWorkFrom(List<AttemptRecord> attempts) {
    return attempts.stream()
        .filter(a -> a.reason() != AttemptReason.RECOVERY)
        .mapToInt(AttemptRecord::number)
        .max()
        .orElse(1);
  }

  /** What never began does not hide what was done before it. */
  private static Map<StepKey, StepRecord> latest(List<StepRecord> steps, int beforeAttempt) {
    Map<StepKey, StepRecord> latest = new HashMap<>();
    for (StepRecord step : steps) {
      boolean told = step.tries() > 0 || step.status() == StepStatus.SUCCEEDED;
      if (step.attempt() < beforeAttempt && (told || !latest.containsKey(step.key()))) {
        latest.put(step.key(), step);
      }
    }
    return latest;
  }

  /** Steps that run again because one that did not succeed says it depends on their running. */
  private static Set<String> pulledIn(
      WorkflowDefinition definition, Map<StepKey, StepRecord> latest) {
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

  /** The latest execution, however it ended. */
  Optional<StepRecord> latest(StepKey key) {
    return Optional.ofNullable(latest.get(key));
  }

  /** The latest execution, if it succeeded and may be kept where nothing has changed. */
  Optional<StepRecord> success(StepKey key) {
    return latest(key)
        .filter(s -> s.status() == StepStatus.SUCCEEDED && !pulledIn.contains(key.stepId()));
  }

  /** A success of the work that this attempt goes on with: it stands as it is. */
  Optional<StepRecord> kept(StepKey key) {
    return success(key).filter(s -> s.attempt() >= sameWorkFrom);
  }

  /** Whether the work that this attempt goes on with had found that the step is to run. */
  boolean hadBegun(String stepId) {
    return latest.values().stream()
        .anyMatch(
            s -> s.key().stepId().equals(stepId) && s.attempt() >= sameWorkFrom && s.tries() > 0);
  }

  /** Whether a success has consumed what the steps it depends on have given by now. */
  boolean isStillOf(StepRecord success, List<StepRecord> consumed) {
    return consumed.stream().noneMatch(given -> isNewSince(success.attempt(), given));
  }

  private boolean isNewSince(int attempt, StepRecord given) {
    if (given.attempt() <= attempt || (given.outcome() != null && SAME.contains(given.outcome()))) {
      return false;
    }
    return successes.getOrDefault(given.key(), List.of()).stream()
        .filter(s -> s.attempt() <= attempt)
        .reduce((earlier, later) -> later)
        .map(s -> !Objects.equals(s.output(), given.output()))
        .orElse(true);
  }

  /** Whether it runs again for the sake of a step that says so. */
  boolean isPulledIn(String stepId) {
    return pulledIn.contains(stepId);
  }
}
