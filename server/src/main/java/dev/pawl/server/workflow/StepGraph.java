package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedSet;
import java.util.Set;

/** Which step waits for which. Edges to steps that do not exist are left out. */
public final class StepGraph {
  private final Map<String, StepDefinition> steps;
  private final Map<String, SequencedSet<String>> dependencies;
  private final Map<String, SequencedSet<String>> dependents = new HashMap<>();

  private StepGraph(List<StepDefinition> steps) {
    this.steps =
        steps.stream().collect(toMap(StepDefinition::id, s -> s, (a, b) -> a, LinkedHashMap::new));
    this.dependencies = new LinkedHashMap<>();
    for (StepDefinition step : this.steps.values()) {
      var known = new LinkedHashSet<>(step.dependencies());
      known.retainAll(this.steps.keySet());
      dependencies.put(step.id(), known);
      known.forEach(
          id -> dependents.computeIfAbsent(id, k -> new LinkedHashSet<>()).add(step.id()));
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
      for (String dependent : dependents(open.removeLast())) {
        if (found.add(dependent)) {
          open.add(dependent);
        }
      }
    }
    return found;
  }

  /** The steps that wait for the given one directly. */
  public Set<String> dependents(String id) {
    return dependents.getOrDefault(id, new LinkedHashSet<>());
  }

  /**
   * The steps, each after all it depends on, else in the file's order.
   *
   * @throws IllegalStateException when there is a cycle
   */
  public List<StepDefinition> inOrder() {
    var ids = new ArrayList<>(steps.keySet());
    var places = new HashMap<String, Integer>();
    var waiting = new HashMap<String, Integer>();
    var ready = new PriorityQueue<Integer>();
    for (int i = 0; i < ids.size(); i++) {
      places.put(ids.get(i), i);
      waiting.put(ids.get(i), dependencies(ids.get(i)).size());
      if (dependencies(ids.get(i)).isEmpty()) {
        ready.add(i);
      }
    }
    var order = new ArrayList<StepDefinition>();
    while (!ready.isEmpty()) {
      String id = ids.get(ready.remove());
      order.add(requireNonNull(steps.get(id), id));
      for (String dependent : dependents(id)) {
        if (waiting.merge(dependent, -1, Integer::sum) == 0) {
          ready.add(requireNonNull(places.get(dependent), dependent));
        }
      }
    }
    if (order.size() < ids.size()) {
      throw new IllegalStateException("the steps wait for each other: " + cycles());
    }
    return order;
  }

  /** Cycles, each as the path that closes it: {@code [a, b, a]}. Empty when there is none. */
  public List<List<String>> cycles() {
    return new CycleSearch(dependencies).cycles();
  }
}
