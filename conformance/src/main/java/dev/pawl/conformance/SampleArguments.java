package dev.pawl.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Arguments with all that a method's schema demands, different for every number. */
final class SampleArguments {
  private static final int MAX_DEPTH = 8;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<String, String> BY_FORMAT =
      Map.of(
          "date-time", "2027-01-01T00:00:00Z",
          "date", "2027-01-01",
          "uri", "https://example.org/a%d",
          "url", "https://example.org/a%d",
          "email", "a%d@example.org",
          "ipv4", "192.0.2.1",
          "ipv6", "2001:db8::1",
          "uuid", "00000000-0000-4000-8000-%012d",
          "binary", "YQ==",
          "byte", "YQ==");

  private final JsonNode root;
  private final int number;
  private final Set<String> distinct;

  /**
   * @param schema the method's
   * @param number makes texts differ
   * @param distinct top-level arguments that must differ, numbers too
   */
  SampleArguments(JsonNode schema, int number, Set<String> distinct) {
    this.root = schema;
    this.number = number;
    this.distinct = Set.copyOf(distinct);
  }

  /**
   * @param pointers that must have a value beside what the schema demands
   */
  ObjectNode with(Collection<String> pointers) {
    ObjectNode out = object(root, 0);
    pointers.forEach(p -> fill(out, root, p.substring(1).split("/")));
    return out;
  }

  private void fill(ObjectNode into, JsonNode schema, String... tokens) {
    ObjectNode at = into;
    JsonNode described = schema;
    for (int i = 0; i < tokens.length; i++) {
      String name = tokens[i].replace("~1", "/").replace("~0", "~");
      described = member(described, name, 0);
      if (i == tokens.length - 1) {
        if (at.path(name).isMissingNode()) {
          at.set(name, value(name, described, 1));
        }
      } else {
        at = at.path(name).isObject() ? (ObjectNode) at.get(name) : at.putObject(name);
      }
    }
  }

  private JsonNode member(JsonNode schema, String name, int depth) {
    JsonNode plain = resolve(schema);
    JsonNode found = plain.path("properties").path(name);
    for (String keyword : new String[] {"allOf", "anyOf", "oneOf"}) {
      for (JsonNode part : plain.path(keyword)) {
        if (found.isMissingNode() && depth < MAX_DEPTH) {
          found = member(part, name, depth + 1);
        }
      }
    }
    return found;
  }

  private JsonNode resolve(JsonNode schema) {
    JsonNode at = schema;
    for (int i = 0; i < MAX_DEPTH && at.has("$ref"); i++) {
      at = root.at(at.path("$ref").asText().replaceFirst("^#", ""));
    }
    return at;
  }

  private JsonNode value(String name, JsonNode written, int depth) {
    JsonNode schema = resolve(written);
    if (schema.has("const")) {
      return schema.get("const");
    }
    for (JsonNode choice : schema.path("enum")) {
      if (!choice.isNull()) {
        return choice;
      }
    }
    String type = type(schema, depth);
    return switch (type) {
      case "object" -> object(schema, depth);
      case "array" -> array(name, schema, depth);
      case "integer", "number" -> number(name, schema);
      case "boolean" -> NODES.booleanNode(false);
      case "string" -> text(name, schema);
      default -> branch(name, schema, depth);
    };
  }

  private static String type(JsonNode schema, int depth) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (!one.asText().equals("null")) {
          return one.asText();
        }
      }
    }
    boolean composed = schema.has("anyOf") || schema.has("oneOf") || schema.has("allOf");
    if (type.isTextual()) {
      return type.asText();
    }
    if (schema.has("properties")) {
      return "object";
    }
    return composed && depth < MAX_DEPTH ? "" : "string";
  }

  /** The first branch that says what it is. */
  private JsonNode branch(String name, JsonNode schema, int depth) {
    for (String keyword : new String[] {"anyOf", "oneOf", "allOf"}) {
      for (JsonNode part : schema.path(keyword)) {
        if (!resolve(part).path("type").asText().equals("null")) {
          JsonNode chosen = value(name, part, depth + 1);
          return chosen.isObject() ? object(schema, depth) : chosen;
        }
      }
    }
    return NODES.textNode(name + "-" + number);
  }

  private JsonNode array(String name, JsonNode schema, int depth) {
    ArrayNode out = NODES.arrayNode();
    // An empty list says nothing in a form: one that is demanded would be missing.
    if (depth < MAX_DEPTH && !schema.path("items").isMissingNode()) {
      out.add(value(name, schema.path("items"), depth + 1));
    }
    return out;
  }

  private JsonNode number(String name, JsonNode schema) {
    long least = schema.path("minimum").asLong(schema.path("exclusiveMinimum").asLong(0) + 1);
    long value = distinct.contains(name) ? least + number : least;
    JsonNode most = schema.path("maximum");
    return NODES.numberNode(most.isNumber() ? Math.min(value, most.asLong()) : value);
  }

  private JsonNode text(String name, JsonNode schema) {
    String known = BY_FORMAT.get(schema.path("format").asText());
    if (known != null) {
      return NODES.textNode(known.contains("%") ? String.format(known, number) : known);
    }
    String text = name.replaceAll("[^A-Za-z0-9]", "") + number;
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    String padded = "x".repeat(Math.max(0, Math.min(least, 1000) - text.length())) + text;
    return NODES.textNode(padded.substring(Math.max(0, padded.length() - Math.max(1, most))));
  }

  private ObjectNode object(JsonNode written, int depth) {
    ObjectNode out = Json.object();
    add(out, written, depth);
    if (out.isEmpty() && depth > 0 && depth < MAX_DEPTH) {
      // Nor does an empty object.
      resolve(written).path("properties").properties().stream()
          .findFirst()
          .ifPresent(p -> out.set(p.getKey(), value(p.getKey(), p.getValue(), depth + 1)));
    }
    return out;
  }

  private void add(ObjectNode out, JsonNode written, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    JsonNode schema = resolve(written);
    Set<String> needed = new LinkedHashSet<>();
    schema.path("required").forEach(r -> needed.add(r.asText()));
    for (JsonNode part : schema.path("allOf")) {
      add(out, part, depth + 1);
    }
    for (String keyword : new String[] {"anyOf", "oneOf"}) {
      JsonNode first = schema.path(keyword).path(0);
      if (first.has("required") && !first.has("properties")) {
        first.path("required").forEach(r -> needed.add(r.asText()));
      } else if (!first.isMissingNode()) {
        add(out, first, depth + 1);
      }
    }
    for (String name : needed) {
      if (!out.has(name)) {
        JsonNode described = member(schema, name, 0);
        JsonNode member = described.isMissingNode() ? member(root, name, 0) : described;
        out.set(name, value(name, member, depth + 1));
      }
    }
  }
}
