package dev.pawl.server.engine;

import dev.pawl.server.run.Selection;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.workflow.CreatePolicy;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.StepGraph;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The steps that an attempt runs whatever their arguments come to: those that were named, and those
 * that {@code recovery.dependsOn} pulls in for one that runs.
 */
final class ChosenSteps {
  static final ChosenSteps NONE = new ChosenSteps(Selection.NONE, Set.of(), Map.of(), Set.of());

  private final Selection selection;
  private final Set<String> downstream;
  private final Map<String, String> pulledIn;
  private final Set<String> consumed;

  private ChosenSteps(
      Selection selection,
      Set<String> downstream,
      Map<String, String> pulledIn,
      Set<String> consumed) {
    this.selection = selection;
    this.downstream = downstream;
    this.pulledIn = pulledIn;
    this.consumed = consumed;
  }

  /**
   * The choice.
   *
   * @param isDone whether a step has nothing left to do by itself
   * @param isDoneAnew whether a named step has run since it was named
   */
  static ChosenSteps of(
      Selection selection,
      WorkflowDefinition definition,
      Predicate<StepDefinition> isDone,
      Predicate<StepDefinition> isDoneAnew) {
    String from = selection.fromStep();
    Set<String> downstream =
        from == null ? Set.of() : StepGraph.of(definition.steps()).downstream(from);
    Deque<StepDefinition> running = new ArrayDeque<>();
    for (StepDefinition step : definition.steps()) {
      boolean named = selection.names(step.id()) || downstream.contains(step.id());
      boolean runs = named ? !isDoneAnew.test(step) : !selection.isExact() && !isDone.test(step);
      if (runs) {
        running.add(step);
      }
    }
    Set<String> consumed = new HashSet<>();
    running.forEach(step -> consumed.addAll(step.dependencies()));
    return new ChosenSteps(selection, downstream, pulledIn(definition, running), consumed);
  }

  /** By the step that says so first. */
  private static Map<String, String> pulledIn(
      WorkflowDefinition definition, Deque<StepDefinition> running) {
    Map<String, String> pulled = new LinkedHashMap<>();
    while (!running.isEmpty()) {
      StepDefinition step = running.remove();
      for (String id : step.recoveryDependsOn()) {
        if (pulled.putIfAbsent(id, step.id()) == null) {
          definition.step(id).ifPresent(running::add);
        }
      }
    }
    return pulled;
  }

  /** Whether it was named, itself or as one downstream of the one to begin from. */
  boolean isNamed(StepKey key) {
    return selection.names(key) || downstream.contains(key.stepId());
  }

  /** Whether it runs again for the sake of a step that says so. */
  boolean isPulledIn(String stepId) {
    return pulledIn.containsKey(stepId);
  }

  /** Whether only others were named, so that nothing of the step may run. */
  boolean leavesAlone(StepDefinition step) {
    return selection.isExact()
        && !selection.names(step.id())
        && !isPulledIn(step.id())
        && !step.always();
  }

  /** The same for one execution. */
  boolean leavesAlone(StepDefinition step, StepKey key) {
    return selection.isExact() && !selection.names(key) && !isPulledIn(step.id()) && !step.always();
  }

  /** Whether a step that was sure to run from the start depends on it. */
  boolean isConsumed(String stepId) {
    return consumed.contains(stepId);
  }

  /** Whether nothing but the named steps is to run. */
  boolean isExact() {
    return selection.isExact();
  }

  /** How a create treats what it finds: as its step says, but for what the retry was asked. */
  CreatePolicy policy(StepDefinition step) {
    return selection.recreate() ? step.create().recreating() : step.create();
  }

  /** Why it runs for certain; empty where that is decided at its turn. */
  Optional<String> why(StepKey key) {
    if (key.stepId().equals(selection.fromStep())) {
      return Optional.of("named by --from");
    }
    if (selection.names(key)) {
      return Optional.of("named by --step");
    }
    if (downstream.contains(key.stepId())) {
      return Optional.of("downstream of " + selection.fromStep() + ", which --from names");
    }
    return Optional.ofNullable(pulledIn.get(key.stepId()))
        .map(by -> "runs again with " + by + ", which names it in recovery.dependsOn");
  }
}
