package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.RandomAccess;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list for CEL whose items are made when they are asked for. Being a {@code CelValue} keeps the
 * runtime from going through all of it at each use. Reading goes to a view; it can't be changed.
 */
// Nothing writes to the JSON, and the view lives for one evaluation on one thread.
@SuppressWarnings("Immutable")
final class LazyList extends CelValue implements List<Object>, RandomAccess {
  private final JsonNode json;
  private final Function<JsonNode, Object> items;
  private final View view = new View();

  LazyList(JsonNode array, Function<JsonNode, Object> items) {
    this.json = array;
    this.items = items;
  }

  JsonNode json() {
    return json;
  }

  private final class View extends AbstractList<Object> implements RandomAccess {
    @Override
    public Object get(int index) {
      if (index < 0 || index >= json.size()) {
        throw new IndexOutOfBoundsException(index);
      }
      return items.apply(json.get(index));
    }

    @Override
    public int size() {
      return json.size();
    }
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
    return ListType.create(SimpleType.DYN);
  }

  @Override
  public Object get(int index) {
    return view.get(index);
  }

  @Override
  public int size() {
    return view.size();
  }

  @Override
  public boolean isEmpty() {
    return view.isEmpty();
  }

  @Override
  public boolean contains(@Nullable Object o) {
    return view.contains(o);
  }

  @Override
  public Iterator<Object> iterator() {
    return view.iterator();
  }

  @Override
  public Object[] toArray() {
    return view.toArray();
  }

  @Override
  public <T> T[] toArray(T[] into) {
    return view.toArray(into);
  }

  @Override
  public boolean containsAll(Collection<?> all) {
    return view.containsAll(all);
  }

  @Override
  public int indexOf(@Nullable Object o) {
    return view.indexOf(o);
  }

  @Override
  public int lastIndexOf(@Nullable Object o) {
    return view.lastIndexOf(o);
  }

  @Override
  public ListIterator<Object> listIterator() {
    return view.listIterator();
  }

  @Override
  public ListIterator<Object> listIterator(int index) {
    return view.listIterator(index);
  }

  @Override
  public List<Object> subList(int from, int to) {
    return view.subList(from, to);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return view.equals(o);
  }

  @Override
  public int hashCode() {
    return view.hashCode();
  }

  @Override
  public boolean add(Object o) {
    return view.add(o);
  }

  @Override
  public void add(int index, Object o) {
    view.add(index, o);
  }

  @Override
  public boolean addAll(Collection<?> all) {
    return view.addAll(all);
  }

  @Override
  public boolean addAll(int index, Collection<?> all) {
    return view.addAll(index, all);
  }

  @Override
  public Object set(int index, Object o) {
    return view.set(index, o);
  }

  @Override
  public Object remove(int index) {
    return view.remove(index);
  }

  @Override
  public boolean remove(@Nullable Object o) {
    return view.remove(o);
  }

  @Override
  public boolean removeAll(Collection<?> all) {
    return view.removeAll(all);
  }

  @Override
  public boolean retainAll(Collection<?> all) {
    return view.retainAll(all);
  }

  @Override
  public void clear() {
    view.clear();
  }
}
