package dev.pawl.server.workflow;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;

/** Unmodifiable copies that keep the file's order, which {@code Set.copyOf} does not. */
final class Copies {
  private Copies() {}

  static <T> SequencedSet<T> ordered(Collection<T> values) {
    return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(values));
  }

  static <K, V> Map<K, V> ordered(Map<K, V> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
