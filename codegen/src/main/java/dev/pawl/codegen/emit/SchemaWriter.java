package dev.pawl.codegen.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.document.Schema;
import dev.pawl.model.Json;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Writes schemas of a document as JSON Schema 2020-12. What is used twice, or holds itself, goes to
 * {@code $defs}; beyond a size and depth everything is allowed, so that no document makes a schema
 * without end.
 */
final class SchemaWriter {
  private static final int MAX_DEPTH = 24;
  private static final int MAX_SCHEMAS = 4000;
  private static final List<String> COPIED =
      List.of(
          "minimum",
          "maximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties",
          "maxProperties",
          "default");

  private final Map<Schema, String> names = new IdentityHashMap<>();
  private final Map<Schema, Integer> uses = new IdentityHashMap<>();
  private final ObjectNode definitions = Json.object();
  private int written;

  /** Looks at schemas before they are written, to find out which are used twice. */
  SchemaWriter(List<Schema> roots) {
    roots.forEach(r -> count(r, 0));
  }

  private void count(Schema schema, int depth) {
    int before = uses.merge(schema, 1, Integer::sum);
    if (before > 1 || depth > MAX_DEPTH || uses.size() > MAX_SCHEMAS) {
      return;
    }
    children(schema).forEach(c -> count(c, depth + 1));
  }

  private static List<Schema> children(Schema schema) {
    var out = new java.util.ArrayList<Schema>();
    new TreeMap<>(schema.declared()).values().stream().filter(s -> !s.readOnly()).forEach(out::add);
    schema.items().ifPresent(out::add);
    schema.additional().ifPresent(out::add);
    out.addAll(schema.parts());
    out.addAll(schema.variants());
    return out;
  }

  /** What {@link #write} put aside; belongs under {@code $defs} of the whole. */
  ObjectNode definitions() {
    return definitions;
  }

  /** Writes one schema, or a reference to it. */
  ObjectNode write(Schema schema) {
    return write(schema, 0);
  }

  private ObjectNode write(Schema schema, int depth) {
    boolean shared = uses.getOrDefault(schema, 0) > 1 && !isSmall(schema);
    if (!shared) {
      return body(schema, depth);
    }
    String name = names.get(schema);
    if (name == null) {
      name = "d" + (names.size() + 1);
      names.put(schema, name);
      definitions.set(name, body(schema, 0));
    }
    return Json.object().put("$ref", "#/$defs/" + name);
  }

  private static boolean isSmall(Schema schema) {
    return children(schema).isEmpty();
  }

  private ObjectNode body(Schema schema, int depth) {
    ObjectNode out = Json.object();
    if (depth > MAX_DEPTH || ++written > MAX_SCHEMAS) {
      return out;
    }
    JsonNode node = schema.node();
    type(schema, out);
    String description = Prose.line(schema.description());
    if (!description.isEmpty()) {
      out.put("description", description);
    }
    COPIED.stream().filter(node::has).forEach(k -> out.set(k, node.get(k)));
    bounds(node, out);
    pattern(node, out);
    if (!schema.format().isEmpty()) {
      out.put("format", schema.format());
    }
    enums(schema, out);
    object(schema, out, depth);
    schema.items().ifPresent(i -> out.set("items", write(i, depth + 1)));
    compose("allOf", schema.parts(), out, depth);
    // Documents say oneOf of branches that overlap; refusing what fits two would be wrong.
    compose("anyOf", schema.variants(), out, depth);
    return out;
  }

  private static void type(Schema schema, ObjectNode out) {
    Set<String> types = new LinkedHashSet<>(schema.types());
    types.retainAll(Set.of("string", "integer", "number", "boolean", "array", "object"));
    if (types.isEmpty()) {
      return;
    }
    if (types.size() == 1 && !schema.nullable()) {
      out.put("type", types.iterator().next());
      return;
    }
    ArrayNode all = out.putArray("type");
    types.forEach(all::add);
    if (schema.nullable()) {
      all.add("null");
    }
  }

  private static void bounds(JsonNode node, ObjectNode out) {
    for (String side : List.of("Minimum", "Maximum")) {
      JsonNode exclusive = node.path("exclusive" + side);
      String bound = side.toLowerCase(java.util.Locale.ROOT);
      if (exclusive.isNumber()) {
        out.set("exclusive" + side, exclusive);
      } else if (exclusive.asBoolean(false) && out.has(bound)) {
        out.set("exclusive" + side, out.remove(bound));
      }
    }
    for (String key : List.of("minLength", "maxLength", "minItems", "maxItems")) {
      if (out.has(key) && !out.get(key).isIntegralNumber()) {
        out.remove(key);
      }
    }
    for (String key : List.of("minimum", "maximum", "multipleOf")) {
      if (out.has(key) && !out.get(key).isNumber()) {
        out.remove(key);
      }
    }
    if (out.has("uniqueItems") && !out.get("uniqueItems").isBoolean()) {
      out.remove("uniqueItems");
    }
  }

  private static void pattern(JsonNode node, ObjectNode out) {
    String pattern = node.path("pattern").asText("");
    if (pattern.isEmpty() || pattern.length() > 500) {
      return;
    }
    try {
      Pattern.compile(pattern);
      out.put("pattern", pattern);
    } catch (PatternSyntaxException e) {
      out.put("$comment", "a pattern of the document is no regular expression here");
    }
  }

  private static void enums(Schema schema, ObjectNode out) {
    JsonNode values = schema.node().path("enum");
    if (values.isArray() && !values.isEmpty()) {
      ArrayNode all = out.putArray("enum");
      values.forEach(all::add);
      boolean hasNull = false;
      for (JsonNode value : values) {
        hasNull |= value.isNull();
      }
      if (schema.nullable() && !hasNull) {
        all.addNull();
      }
    }
    if (schema.node().has("const")) {
      out.set("const", schema.node().get("const"));
    }
  }

  private void object(Schema schema, ObjectNode out, int depth) {
    Map<String, Schema> members = new TreeMap<>(schema.declared());
    members.values().removeIf(Schema::readOnly);
    if (!members.isEmpty()) {
      ObjectNode properties = out.putObject("properties");
      members.forEach((name, member) -> properties.set(name, write(member, depth + 1)));
    }
    var required = new java.util.TreeSet<String>();
    JsonNode demanded = schema.node().path("required");
    demanded.forEach(r -> required.add(r.asText()));
    schema
        .declared()
        .forEach(
            (name, member) -> {
              if (member.readOnly()) {
                required.remove(name);
              }
            });
    if (demanded.isArray() && !required.isEmpty()) {
      ArrayNode names = out.putArray("required");
      required.forEach(names::add);
    }
    schema.additional().ifPresent(a -> out.set("additionalProperties", write(a, depth + 1)));
  }

  private void compose(String keyword, List<Schema> parts, ObjectNode out, int depth) {
    if (!parts.isEmpty()) {
      ArrayNode all = out.putArray(keyword);
      parts.forEach(p -> all.add(write(p, depth + 1)));
    }
  }
}
