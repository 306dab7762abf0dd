package dev.pawl.server.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong in one file. */
final class Problems {
  private final SourceTree tree;
  private final Set<Problem> found = new LinkedHashSet<>();

  Problems(SourceTree tree) {
    this.tree = tree;
  }

  SourceTree tree() {
    return tree;
  }

  /** About the value at the path. */
  void at(Path path, String message) {
    add(tree.value(path), path, message, null);
  }

  void at(Path path, String message, String typed, Collection<String> known) {
    add(tree.value(path), path, message, Suggestion.nearest(typed, known).orElse(null));
  }

  /** About the key at the path. */
  void atKey(Path path, String message) {
    add(tree.key(path), path, message, null);
  }

  void atKey(Path path, String message, String typed, Collection<String> known) {
    add(tree.key(path), path, message, Suggestion.nearest(typed, known).orElse(null));
  }

  /** About the code point at the offset inside the text at the path. */
  void inside(Path path, int offset, String message, @Nullable String suggestion) {
    add(tree.inside(path, offset), path, message, suggestion);
  }

  void add(Place place, Path path, String message, @Nullable String suggestion) {
    found.add(
        new Problem(
            tree.file(), place.line(), place.column(), path.toString(), message, suggestion));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Problem> sorted() {
    var all = new ArrayList<>(found);
    all.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return all;
  }

  void throwIfAny() throws InvalidWorkflow {
    if (!found.isEmpty()) {
      throw new InvalidWorkflow(sorted());
    }
  }
}
