package dev.pawl.codegen.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Places in a document, to be changed. */
final class Nodes {
  /**
   * One place.
   *
   * @param owner object or array
   * @param key the member's name; empty in an array
   * @param index the place in an array
   */
  record Place(JsonNode owner, String key, int index) {
    JsonNode value() {
      return owner.isObject() ? owner.path(key) : owner.path(index);
    }

    void set(JsonNode value) {
      if (owner instanceof ObjectNode object) {
        object.set(key, value);
      } else if (index < owner.size()) {
        ((ArrayNode) owner).set(index, value);
      }
    }

    void remove() {
      if (owner instanceof ObjectNode object) {
        object.remove(key);
      } else if (index < owner.size()) {
        ((ArrayNode) owner).remove(index);
      }
    }

    /** Renames a member; does nothing in an array. */
    void rename(String name) {
      if (owner instanceof ObjectNode object) {
        JsonNode value = object.remove(key);
        if (value != null) {
          object.set(name, value);
        }
      }
    }
  }

  private final List<Place> all = new ArrayList<>();

  Nodes(JsonNode root) {
    collect(root);
  }

  private void collect(JsonNode node) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              e -> {
                all.add(new Place(node, e.getKey(), -1));
                collect(e.getValue());
              });
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      all.add(new Place(node, "", i));
      collect(node.get(i));
    }
  }

  Place any(Random random) {
    return all.get(random.nextInt(all.size()));
  }

  /** One that fits, or just any where none does. */
  Place any(Random random, Predicate<Place> fits) {
    List<Place> fitting = all.stream().filter(fits).toList();
    return fitting.isEmpty() ? any(random) : fitting.get(random.nextInt(fitting.size()));
  }
}
