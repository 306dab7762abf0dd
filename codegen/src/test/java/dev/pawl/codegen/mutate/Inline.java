package dev.pawl.codegen.mutate;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** Writes a document's references out, each as a copy of its own; cycles stay references. */
final class Inline {
  private static final int MAX_NODES = 400_000;

  private final JsonNode root;
  private int nodes;

  private Inline(JsonNode root) {
    this.root = root;
  }

  /** The document written out; null where that is too large. */
  static @org.jspecify.annotations.Nullable JsonNode of(JsonNode document) {
    Inline inline = new Inline(document);
    ObjectNode out = document.deepCopy();
    out.set("paths", inline.write(document.path("paths"), new HashSet<>()));
    return inline.nodes > MAX_NODES ? null : out;
  }

  private JsonNode write(JsonNode node, Set<String> inside) {
    if (++nodes > MAX_NODES) {
      return node;
    }
    String ref = node.path("$ref").asText("");
    if (ref.startsWith("#/") && node.path("$ref").isTextual()) {
      JsonNode target = root.at(JsonPointer.compile(ref.substring(1)));
      if (target.isMissingNode() || !inside.add(ref)) {
        return node;
      }
      JsonNode out = write(target, inside);
      inside.remove(ref);
      return out;
    }
    if (node.isObject()) {
      ObjectNode out = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(e -> out.set(e.getKey(), write(e.getValue(), inside)));
      return out;
    }
    if (node.isArray()) {
      ArrayNode out = JsonNodeFactory.instance.arrayNode();
      node.forEach(n -> out.add(write(n, inside)));
      return out;
    }
    return node;
  }
}
