package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/** Finds the part of a schema that speaks of a value inside. */
final class SchemaWalk {
  private static final int MAX_REFS = 20;

  private SchemaWalk() {}

  /** The schema of the value at the location; missing where there is not one certain answer. */
  static JsonNode at(JsonNode root, List<Object> location) {
    JsonNode schema = deref(root, root);
    for (Object element : location) {
      schema =
          deref(
              root,
              element instanceof Integer
                  ? schema.path("items")
                  : property(schema, element.toString()));
    }
    return schema;
  }

  private static JsonNode property(JsonNode schema, String name) {
    JsonNode property = schema.path("properties").path(name);
    return property.isMissingNode() && schema.path("additionalProperties").isObject()
        ? schema.get("additionalProperties")
        : property;
  }

  private static JsonNode deref(JsonNode root, JsonNode schema) {
    JsonNode at = schema;
    for (int i = 0; i < MAX_REFS && at.path("$ref").isTextual(); i++) {
      String ref = at.get("$ref").textValue();
      at = ref.startsWith("#/") ? root.at(ref.substring(1)) : MissingNode.getInstance();
    }
    return at;
  }
}
