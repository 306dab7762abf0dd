package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A file as JSON, with the place of every key and value. */
final class SourceTree {

  /** Where an entry stands: its key (null in lists) and its value. */
  record Entry(@Nullable Node key, Node value) {}

  private final String file;
  private final SourceText text;
  private final Map<Path, Entry> entries = new HashMap<>();
  private @Nullable JsonNode root;

  SourceTree(String file, SourceText text) {
    this.file = file;
    this.text = text;
  }

  void root(JsonNode value) {
    root = value;
  }

  JsonNode root() {
    if (root == null) {
      throw new IllegalStateException("the tree of " + file + " has not been read");
    }
    return root;
  }

  void put(Path path, Entry entry) {
    entries.put(path, entry);
  }

  String file() {
    return file;
  }

  /** Where the value at the path begins; for a path without one, where its nearest parent does. */
  Place value(Path path) {
    Entry entry = nearest(path);
    return entry == null ? Place.START : place(entry.value());
  }

  /** Where the key of the path stands; for an item of a list, where the item begins. */
  Place key(Path path) {
    Entry entry = nearest(path);
    if (entry == null) {
      return Place.START;
    }
    return place(entry.key() == null ? entry.value() : entry.key());
  }

  /** Where the code point at the offset inside the text value at the path stands. */
  Place inside(Path path, int offset) {
    Entry entry = entries.get(path);
    if (entry == null || !(entry.value() instanceof ScalarNode scalar)) {
      return value(path);
    }
    int start = scalar.getStartMark().map(m -> m.getIndex()).orElse(0);
    int[] places = ScalarPlaces.of(text, start, scalar.getScalarStyle(), scalar.getValue());
    return text.place(places[Math.clamp(offset, 0, places.length - 1)]);
  }

  Place place(Node node) {
    return node.getStartMark()
        .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(Place.START);
  }

  private @Nullable Entry nearest(Path path) {
    for (Path p = path; p != null; p = p.parent()) {
      Entry entry = entries.get(p);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }
}
