package dev.pawl.server.engine;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.SnapshotRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.StepGraph;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of a run's snapshots an attempt goes on with. Files are passed on without a word in the
 * workflow, so a step that has used them depends on what the steps before it have left there.
 */
final class KeptFiles {
  private final RunRecord run;
  private final StepGraph graph;
  private final Map<String, StepDefinition> steps;
  private final EarlierSteps earlier;

  /** As they were when this attempt came here, oldest first. */
  private final List<SnapshotRecord> snapshots;

  private final Set<Place> places;

  private final Set<StepKey> running = ConcurrentHashMap.newKeySet();
  private final Set<String> left = ConcurrentHashMap.newKeySet();

  /** Of which execution a snapshot is. */
  private record Place(int attempt, StepKey step) {}

  KeptFiles(
      RunRecord run,
      WorkflowDefinition workflow,
      EarlierSteps earlier,
      List<SnapshotRecord> snapshots) {
    this.run = run;
    this.graph = StepGraph.of(workflow.steps());
    this.steps = workflow.steps().stream().collect(toMap(StepDefinition::id, identity()));
    this.earlier = earlier;
    this.snapshots = List.copyOf(snapshots);
    this.places = snapshots.stream().map(s -> new Place(s.attempt(), s.step())).collect(toSet());
    snapshots.stream()
        .filter(s -> s.attempt() == run.attempt())
        .forEach(s -> left.add(s.step().stepId()));
  }

  /** A step's method is called in this attempt: what it left earlier is not what it leaves. */
  void runs(StepKey step) {
    running.add(step);
  }

  /** A step has left other files than it found. */
  void left(StepKey step) {
    left.add(step.stepId());
  }

  /** Whether the run has any snapshot. */
  boolean hasAny() {
    return !snapshots.isEmpty() || !left.isEmpty();
  }

  /**
   * What the first step of this attempt that asks for files gets: this attempt's own newest, where
   * it comes from another server, else the newest of a success that may be kept. What was made of
   * the asking step's own files is out of date, unless the step only runs for another's sake.
   */
  Optional<SnapshotRecord> newest(StepKey asking) {
    Set<String> outdated =
        earlier.chosen().isPulledIn(asking.stepId()) ? Set.of() : graph.downstream(asking.stepId());
    return newest(snapshots.stream().filter(s -> s.attempt() == run.attempt()).toList())
        .or(
            () ->
                newest(
                    snapshots.stream()
                        .filter(s -> isOfSuccess(s) && !outdated.contains(s.step().stepId()))
                        .filter(s -> !s.step().equals(asking) || outdated.isEmpty())
                        .toList()));
  }

  private static Optional<SnapshotRecord> newest(List<SnapshotRecord> inOrder) {
    return inOrder.isEmpty() ? Optional.empty() : Optional.of(inOrder.getLast());
  }

  private boolean isOfSuccess(SnapshotRecord snapshot) {
    StepKey step = snapshot.step();
    if (earlier.chosen().isPulledIn(step.stepId())) {
      return earlier
          .latest(step)
          .filter(s -> s.outcome() != null && s.attempt() == snapshot.attempt())
          .isPresent();
    }
    return !running.contains(step)
        && Optional.ofNullable(steps.get(step.stepId()))
            .flatMap(definition -> earlier.end(definition, step))
            .filter(end -> end.attempt() == snapshot.attempt())
            .isPresent();
  }

  /**
   * Whether the files that a success has left are still the run's. They are not once a step that it
   * depends on has run again and left others: then it was made of what is no more.
   */
  boolean stillHas(StepRecord success) {
    boolean used =
        success.attempt() < run.attempt()
            && places.contains(new Place(success.attempt(), success.key()));
    return !used
        || dependencies(success.key().stepId()).stream()
            .noneMatch(id -> left.contains(id) && !earlier.chosen().isPulledIn(id));
  }

  /** All that a step depends on, also by way of others. */
  private Set<String> dependencies(String stepId) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(stepId));
    while (!open.isEmpty()) {
      graph.dependencies(open.remove()).stream().filter(found::add).forEach(open::add);
    }
    return found;
  }
}
