package dev.pawl.codegen.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Follows local {@code $ref}s. A dangling one stands for an empty object and is remembered. */
final class Refs {
  private static final JsonNode EMPTY = JsonNodeFactory.instance.objectNode();

  private final JsonNode root;
  private final Map<String, JsonNode> targets = new HashMap<>();
  private final Set<String> dangling = new TreeSet<>();

  Refs(JsonNode root) {
    this.root = root;
  }

  /** The node itself, or what its chain of references ends at. */
  JsonNode resolve(JsonNode node) {
    JsonNode at = node;
    Set<String> seen = new HashSet<>();
    while (at.isObject() && at.path("$ref").isTextual()) {
      String ref = at.get("$ref").textValue();
      if (!seen.add(ref)) {
        dangling.add(ref + " (refers to itself)");
        return EMPTY;
      }
      at = targets.computeIfAbsent(ref, this::find);
    }
    return at;
  }

  List<String> dangling() {
    return new ArrayList<>(dangling);
  }

  private JsonNode find(String ref) {
    if (ref.equals("#")) {
      return root;
    }
    if (ref.startsWith("#/")) {
      JsonNode found = at(ref.substring(1));
      if (found.isMissingNode() && ref.indexOf('%') >= 0) {
        found = at(decode(ref.substring(1)));
      }
      if (!found.isMissingNode()) {
        return found;
      }
    }
    dangling.add(ref);
    return EMPTY;
  }

  private JsonNode at(String pointer) {
    try {
      return root.at(JsonPointer.compile(pointer));
    } catch (IllegalArgumentException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
