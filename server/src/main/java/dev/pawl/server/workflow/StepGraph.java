package dev.pawl.server.workflow;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/** Which step waits for which. Edges to steps that do not exist are left out. */
public final class StepGraph {
  private final Map<String, StepDefinition> steps;
  private final Map<String, SequencedSet<String>> dependencies;

  private StepGraph(List<StepDefinition> steps) {
    this.steps =
        steps.stream().collect(toMap(StepDefinition::id, s -> s, (a, b) -> a, LinkedHashMap::new));
    this.dependencies = new LinkedHashMap<>();
    for (StepDefinition step : this.steps.values()) {
      var known = new LinkedHashSet<>(step.dependencies());
      known.retainAll(this.steps.keySet());
      dependencies.put(step.id(), known);
    }
  }

  public static StepGraph of(List<StepDefinition> steps) {
    return new StepGraph(steps);
  }

  /** The steps the given one waits for. */
  public Set<String> dependencies(String id) {
    return dependencies.getOrDefault(id, new LinkedHashSet<>());
  }

  /** Every step that waits for the given one, directly or through others. */
  public SequencedSet<String> downstream(String id) {
    var found = new LinkedHashSet<String>();
    var open = new ArrayList<>(List.of(id));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      for (var e : dependencies.entrySet()) {
        if (e.getValue().contains(next) && found.add(e.getKey())) {
          open.add(e.getKey());
        }
      }
    }
    return found;
  }

  /**
   * The steps, each after all it depends on.
   *
   * @throws IllegalStateException when there is a cycle
   */
  public List<StepDefinition> inOrder() {
    var order = new ArrayList<StepDefinition>();
    var done = new HashSet<String>();
    while (order.size() < steps.size()) {
      int before = order.size();
      for (StepDefinition step : steps.values()) {
        if (!done.contains(step.id()) && done.containsAll(dependencies(step.id()))) {
          done.add(step.id());
          order.add(step);
        }
      }
      if (order.size() == before) {
        throw new IllegalStateException("the steps wait for each other: " + cycles());
      }
    }
    return order;
  }

  /** Cycles, each as the path that closes it: {@code [a, b, a]}. Empty when there is none. */
  public List<List<String>> cycles() {
    return new CycleSearch(dependencies).cycles();
  }
}
