package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map for CEL whose values are made when they are asked for; remembers the last key missed. Being
 * a {@code CelValue} keeps the runtime from copying it, with all that is in it, at each use.
 */
// Nothing writes to the JSON, and the view lives for one evaluation on one thread.
@SuppressWarnings("Immutable")
final class LazyMap extends CelValue implements Map<Object, Object> {
  private final Set<String> keys;
  private final Function<String, @Nullable Object> values;
  private final Misses misses;
  private final @Nullable JsonNode json;
  private final View view = new View();

  /**
   * @param json the same as JSON; null where there is no such JSON
   */
  LazyMap(
      Set<String> keys,
      Function<String, @Nullable Object> values,
      Misses misses,
      @Nullable JsonNode json) {
    this.keys = keys;
    this.values = values;
    this.misses = misses;
    this.json = json;
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

  @Nullable JsonNode json() {
    return json;
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
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  @Override
  public boolean containsValue(@Nullable Object value) {
    return view.containsValue(value);
  }

  @Override
  public Set<Object> keySet() {
    return Collections.unmodifiableSet(keys);
  }

  @Override
  public Collection<Object> values() {
    return view.values();
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    return view.entrySet();
  }

  @Override
  public @Nullable Object put(Object key, Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Object remove(@Nullable Object key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putAll(Map<?, ?> map) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return isEmpty();
  }

  @Override
  public CelType celType() {
    return MapType.create(SimpleType.STRING, SimpleType.DYN);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return view.equals(other);
  }

  @Override
  public int hashCode() {
    return view.hashCode();
  }

  private final class View extends AbstractMap<Object, Object> {
    @Override
    public Set<Entry<Object, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Entry<Object, Object>> iterator() {
          return keys.stream().map(View.this::entry).iterator();
        }

        @Override
        public int size() {
          return keys.size();
        }
      };
    }

    private Entry<Object, Object> entry(String key) {
      return new SimpleImmutableEntry<>(key, values.apply(key));
    }
  }
}
