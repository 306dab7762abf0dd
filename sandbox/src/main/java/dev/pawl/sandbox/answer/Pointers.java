package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writing through JSON pointers. */
final class Pointers {
  private Pointers() {}

  /** Replaces a value that is there; does nothing when the way to it isn't. */
  static void set(ObjectNode root, String pointer, JsonNode value) {
    JsonPointer path = JsonPointer.compile(pointer);
    JsonNode parent = root.at(path.head());
    if (parent instanceof ObjectNode object) {
      object.set(path.last().getMatchingProperty(), value);
    } else if (parent instanceof ArrayNode array && path.last().mayMatchElement()) {
      int index = path.last().getMatchingIndex();
      if (index >= 0 && index < array.size()) {
        array.set(index, value);
      }
    }
  }
}
