package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.Selection;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What earlier attempts of a run have done, as far as this attempt may keep it. */
final class EarlierSteps {
  static final EarlierSteps NONE =
      new EarlierSteps(
          Map.of(), Map.of(), Map.of(), Map.of(), ChosenSteps.NONE, Integer.MAX_VALUE, null);

  /** Outcomes that leave nothing new for those who consume them. */
  private static final Set<Outcome> SAME = EnumSet.of(Outcome.REUSED, Outcome.VERIFIED);

  private final Map<StepKey, StepRecord> latest;

  /** The same by step: looked through for each step, the whole would cost the square of them. */
  private final Map<String, List<StepRecord>> byStep;

  private final Map<StepKey, List<StepRecord>> successes;
  private final Map<StepKey, StepOverride> overrides;
  private final ChosenSteps chosen;
  private final int sameWorkFrom;
  private final @Nullable ObjectNode inputsBefore;

  private EarlierSteps(
      Map<StepKey, StepRecord> latest,
      Map<String, List<StepRecord>> byStep,
      Map<StepKey, List<StepRecord>> successes,
      Map<StepKey, StepOverride> overrides,
      ChosenSteps chosen,
      int sameWorkFrom,
      @Nullable ObjectNode inputsBefore) {
    this.latest = latest;
    this.byStep = byStep;
    this.successes = successes;
    this.overrides = overrides;
    this.chosen = chosen;
    this.sameWorkFrom = sameWorkFrom;
    this.inputsBefore = inputsBefore;
  }

  /**
   * For an attempt that has begun.
   *
   * @param strategy of the recovery
   */
  static EarlierSteps of(RunHistory history, String strategy, WorkflowDefinition definition) {
    AttemptRecord current = history.current();
    AttemptRecord asked = history.asked();
    return switch (current.reason()) {
      case START -> NONE;
      case RETRY -> beforeRetry(history, current.number(), current.selection(), definition);
      case RECOVERY ->
          strategy.equals("restart")
              ? again(history, asked, definition)
              : of(history, current.number(), asked.number(), asked.selection(), definition);
    };
  }

  /** For a retry that is, or would be, the given attempt. */
  static EarlierSteps beforeRetry(
      RunHistory history, int attempt, Selection selection, WorkflowDefinition definition) {
    return of(history, attempt, Integer.MAX_VALUE, selection, definition);
  }

  /** From the first step, but no step that a retry was told to leave alone. */
  private static EarlierSteps again(
      RunHistory history, AttemptRecord asked, WorkflowDefinition definition) {
    RunHistory known = asked.selection().isExact() ? history : history.withoutSteps();
    return beforeRetry(known, asked.number(), asked.selection(), definition);
  }

  private static EarlierSteps of(
      RunHistory history,
      int attempt,
      int sameWorkFrom,
      Selection selection,
      WorkflowDefinition definition) {
    Map<StepKey, StepRecord> latest = latest(history.steps(), attempt);
    Map<StepKey, StepOverride> overrides = history.overrides(attempt, selection);
    Map<String, List<StepRecord>> byStep =
        latest.values().stream().collect(Collectors.groupingBy(s -> s.key().stepId()));
    ChosenSteps chosen =
        ChosenSteps.of(
            selection,
            definition,
            step ->
                overrides.containsKey(StepKey.of(step.id()))
                    || isDone(step, byStep, overrides.keySet(), 0),
            step -> isDone(step, byStep, Set.of(), sameWorkFrom));
    Map<StepKey, List<StepRecord>> successes =
        history.steps().stream()
            .filter(s -> s.attempt() < attempt && s.status() == StepStatus.SUCCEEDED)
            .collect(Collectors.groupingBy(StepRecord::key));
    int asked = Math.min(attempt, sameWorkFrom);
    return new EarlierSteps(
        latest, byStep, successes, overrides, chosen, sameWorkFrom, history.inputs(asked - 1));
  }

  private static boolean isDone(
      StepDefinition step,
      Map<String, List<StepRecord>> byStep,
      Set<StepKey> answered,
      int sinceAttempt) {
    List<StepRecord> ends = byStep.getOrDefault(step.id(), List.of());
    return !ends.isEmpty()
        && ends.stream()
            .allMatch(
                end ->
                    answered.contains(end.key())
                        || (hasEnded(step, end) && end.attempt() >= sinceAttempt));
  }

  /** A failure that the file lets pass is an end like a success: nobody waits for it to mend. */
  private static boolean hasEnded(StepDefinition step, StepRecord end) {
    return end.status() == StepStatus.SUCCEEDED
        || (step.continueOnError() && end.status() == StepStatus.FAILED);
  }

  /**
   * What never began does not hide what was done before it. A step is either one entry or one for
   * each iteration, as it was when it was last come to.
   */
  private static Map<StepKey, StepRecord> latest(List<StepRecord> steps, int beforeAttempt) {
    Map<StepKey, StepRecord> latest = new HashMap<>();
    Map<String, StepRecord> toldLast = new HashMap<>();
    for (StepRecord step : steps) {
      if (step.attempt() >= beforeAttempt) {
        continue;
      }
      boolean told = step.tries() > 0 || step.status() == StepStatus.SUCCEEDED;
      if (told) {
        toldLast.merge(step.key().stepId(), step, (a, b) -> a.attempt() > b.attempt() ? a : b);
      }
      if (told || !latest.containsKey(step.key())) {
        latest.put(step.key(), step);
      }
    }
    latest
        .values()
        .removeIf(
            step -> {
              StepRecord last = toldLast.getOrDefault(step.key().stepId(), step);
              return step.key().iteration().isEmpty() != last.key().iteration().isEmpty();
            });
    return latest;
  }

  /** Which steps run or are left alone by choice. */
  ChosenSteps chosen() {
    return chosen;
  }

  /** What the attempt before the retry ran with; empty in a run's first work. */
  Optional<ObjectNode> inputsBefore() {
    return Optional.ofNullable(inputsBefore);
  }

  /** What somebody has said of an execution, in place of running it. */
  Optional<StepOverride> override(StepKey key) {
    return Optional.ofNullable(overrides.get(key));
  }

  /** The latest executions of a step, one or one for each iteration. */
  List<StepRecord> latestOf(String stepId) {
    return byStep.getOrDefault(stepId, List.of());
  }

  /** The latest execution, however it ended. */
  Optional<StepRecord> latest(StepKey key) {
    return Optional.ofNullable(latest.get(key));
  }

  /** The latest execution, if it has ended well enough to be kept where nothing has changed. */
  Optional<StepRecord> end(StepDefinition step, StepKey key) {
    return latest(key)
        .filter(end -> hasEnded(step, end) && !chosen.isPulledIn(step.id()))
        .filter(end -> !chosen.isNamed(key) || end.attempt() >= sameWorkFrom);
  }

  /** An end of the work that this attempt goes on with: it stands as it is. */
  Optional<StepRecord> kept(StepDefinition step, StepKey key) {
    return end(step, key).filter(s -> s.attempt() >= sameWorkFrom);
  }

  /** Whether the work that this attempt goes on with had found that the step is to run. */
  boolean hadBegun(String stepId) {
    return latestOf(stepId).stream().anyMatch(s -> s.attempt() >= sameWorkFrom && s.tries() > 0);
  }

  /** Whether an end has consumed what the steps it depends on have given by now. */
  boolean isStillOf(StepRecord end, List<StepRecord> consumed) {
    return consumed.stream().noneMatch(given -> isNewSince(end.attempt(), given));
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
}
