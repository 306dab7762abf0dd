package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A way into a document: {@code spec.steps[2].with.name}. */
final class Path {
  static final Path ROOT = new Path(null, "");

  private final @Nullable Path parent;

  /** A key as String or an index as Integer. */
  private final Object element;

  private final int hash;

  private Path(@Nullable Path parent, Object element) {
    this.parent = parent;
    this.element = element;
    this.hash = Objects.hash(parent, element);
  }

  Path key(String name) {
    return new Path(this, name);
  }

  Path index(int index) {
    return new Path(this, index);
  }

  /** One further: a key, or an index into a list. */
  Path child(Object keyOrIndex) {
    return new Path(this, keyOrIndex);
  }

  @Nullable Path parent() {
    return parent;
  }

  List<Object> elements() {
    var elements = new ArrayList<Object>();
    for (Path p = this; p.parent != null; p = requireNonNull(p.parent)) {
      elements.addFirst(p.element);
    }
    return elements;
  }

  /** Whether the other path is this one or leads through it. */
  boolean contains(Path other) {
    for (Path p = other; p != null; p = p.parent) {
      if (p.equals(this)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Path other
        && hash == other.hash
        && element.equals(other.element)
        && Objects.equals(parent, other.parent);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Object e : elements()) {
      if (e instanceof Integer) {
        text.append('[').append(e).append(']');
      } else if (e.toString().matches("[A-Za-z_][A-Za-z0-9_-]*")) {
        text.append(text.isEmpty() ? "" : ".").append(e);
      } else {
        text.append("['").append(e).append("']");
      }
    }
    return text.toString();
  }
}
