package dev.pawl.server.language;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map for CEL whose values are made when they are asked for; remembers the last key missed. */
final class LazyMap extends AbstractMap<String, Object> {
  private final Set<String> keys;
  private final Function<String, @Nullable Object> values;
  private final Misses misses;

  LazyMap(Set<String> keys, Function<String, @Nullable Object> values, Misses misses) {
    this.keys = keys;
    this.values = values;
    this.misses = misses;
  }

  /** The last key that was asked for and not there, with those that were. */
  static final class Misses {
    private @Nullable String key;
    private Set<String> there = Set.of();

    /** The keys that were there when this one was not; empty when it was not the last miss. */
    Set<String> besides(String missed) {
      return missed.equals(key) ? there : Set.of();
    }
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return containsKey(key) ? values.apply(String.valueOf(key)) : null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    if (key instanceof String name && keys.contains(name)) {
      return true;
    }
    misses.key = String.valueOf(key);
    misses.there = keys;
    return false;
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public Set<String> keySet() {
    return Collections.unmodifiableSet(keys);
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Object>> iterator() {
        return keys.stream()
            .<Map.Entry<String, Object>>map(k -> new SimpleImmutableEntry<>(k, values.apply(k)))
            .iterator();
      }

      @Override
      public int size() {
        return keys.size();
      }
    };
  }
}
