package dev.pawl.codegen.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other spellings of a document that mean the same. None changes the document it is given. */
final class Rewrite {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

  private Rewrite() {}

  /** A copy in which each object went through a function, inner ones first. */
  static JsonNode eachObject(JsonNode node, BiFunction<String, ObjectNode, JsonNode> change) {
    return eachObject("", node, change);
  }

  private static JsonNode eachObject(
      String key, JsonNode node, BiFunction<String, ObjectNode, JsonNode> change) {
    if (node.isObject()) {
      ObjectNode out = JSON.objectNode();
      node.properties()
          .forEach(e -> out.set(e.getKey(), eachObject(e.getKey(), e.getValue(), change)));
      return change.apply(key, out);
    }
    if (node.isArray()) {
      ArrayNode out = JSON.arrayNode();
      node.forEach(n -> out.add(eachObject(key, n, change)));
      return out;
    }
    return node;
  }

  /** Members of every object, and parameters of every operation, the other way round. */
  static JsonNode reversed(JsonNode document) {
    return eachObject(
        document,
        (key, object) -> {
          ObjectNode out = JSON.objectNode();
          List<String> names = new ArrayList<>();
          object.fieldNames().forEachRemaining(names::add);
          Collections.reverse(names);
          names.forEach(n -> out.set(n, object.get(n)));
          if (out.path("parameters").isArray()) {
            List<JsonNode> parameters = new ArrayList<>();
            out.get("parameters").forEach(parameters::add);
            Collections.reverse(parameters);
            out.putArray("parameters").addAll(parameters);
          }
          return out;
        });
  }

  /** Every path parameter's name, and the same name spelt otherwise. */
  static Map<String, String> pathParameters(JsonNode document) {
    Map<String, String> out = new TreeMap<>();
    document
        .path("paths")
        .fieldNames()
        .forEachRemaining(
            path ->
                BRACES
                    .matcher(path)
                    .results()
                    .map(m -> m.group(1))
                    .forEach(n -> out.put(n, n.isEmpty() ? n : n + "_")));
    return out;
  }

  /** Path parameters by other names, the same for the same. */
  static JsonNode renamed(JsonNode document, Map<String, String> names) {
    ObjectNode out =
        (ObjectNode)
            eachObject(
                document,
                (key, object) -> {
                  String name = names.get(object.path("name").asText());
                  if (name != null && object.path("in").asText().equals("path")) {
                    object.put("name", name);
                  }
                  return object;
                });
    ObjectNode paths = JSON.objectNode();
    out.path("paths")
        .properties()
        .forEach(e -> paths.set(renamed(e.getKey(), names), e.getValue()));
    out.set("paths", paths);
    return out;
  }

  private static String renamed(String path, Map<String, String> names) {
    return BRACES
        .matcher(path)
        .replaceAll(m -> Matcher.quoteReplacement("{" + names.get(m.group(1)) + "}"));
  }

  /** Without the names of operations. */
  static JsonNode withoutOperationIds(JsonNode document) {
    return eachObject(
        document,
        (key, object) -> {
          if (object.has("responses")) {
            object.remove("operationId");
          }
          return object;
        });
  }

  /** With schemas that stand in bodies moved to the components, and referred to. */
  static JsonNode bundled(JsonNode document) {
    ObjectNode moved = JSON.objectNode();
    ObjectNode out =
        (ObjectNode)
            eachObject(
                document,
                (key, object) -> {
                  JsonNode schema = object.path("schema");
                  boolean body = object.path("in").isMissingNode();
                  if (body && schema.isObject() && !schema.isEmpty() && !schema.has("$ref")) {
                    String name = "moved" + moved.size();
                    moved.set(name, schema);
                    object.putObject("schema").put("$ref", "#/components/schemas/" + name);
                  }
                  return object;
                });
    out.withObject("/components/schemas").setAll(moved);
    return out;
  }
}
