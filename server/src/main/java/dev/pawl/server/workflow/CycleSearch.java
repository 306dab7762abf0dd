package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/** Depth-first search with a stack of its own: a chain of thousands of steps must not end ours. */
final class CycleSearch {
  private final Map<String, SequencedSet<String>> edges;
  private final Set<String> done = new HashSet<>();
  private final List<List<String>> cycles = new ArrayList<>();

  CycleSearch(Map<String, SequencedSet<String>> edges) {
    this.edges = edges;
  }

  List<List<String>> cycles() {
    edges.keySet().forEach(this::visit);
    return cycles;
  }

  private void visit(String start) {
    if (done.contains(start)) {
      return;
    }
    var path = new LinkedHashSet<String>(List.of(start));
    Deque<Iterator<String>> open = new ArrayDeque<>(List.of(targets(start)));
    while (!open.isEmpty()) {
      if (!open.peek().hasNext()) {
        open.pop();
        done.add(path.removeLast());
        continue;
      }
      String next = open.peek().next();
      if (path.contains(next)) {
        cycles.add(closed(path, next));
      } else if (!done.contains(next)) {
        path.add(next);
        open.push(targets(next));
      }
    }
  }

  private Iterator<String> targets(String id) {
    return requireNonNull(edges.get(id), id).iterator();
  }

  private static List<String> closed(SequencedSet<String> path, String repeated) {
    var all = new ArrayList<>(path);
    var cycle = new ArrayList<>(all.subList(all.indexOf(repeated), all.size()));
    cycle.add(repeated);
    return cycle;
  }
}
