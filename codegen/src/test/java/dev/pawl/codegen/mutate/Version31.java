package dev.pawl.codegen.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A document of version 3.0 in the words of 3.1. */
final class Version31 {
  private Version31() {}

  static JsonNode of(JsonNode document) {
    ObjectNode out = (ObjectNode) Rewrite.eachObject(document, (key, object) -> schema(object));
    return out.put("openapi", "3.1.0");
  }

  private static JsonNode schema(ObjectNode object) {
    boolean schema = object.path("type").isTextual();
    if (schema && object.path("nullable").isBoolean()) {
      boolean nullable = object.remove("nullable").booleanValue();
      if (nullable) {
        String type = object.get("type").textValue();
        object.putArray("type").add(type).add("null");
      }
    }
    for (String side : new String[] {"Minimum", "Maximum"}) {
      String bound = side.toLowerCase(Locale.ROOT);
      if (object.path("exclusive" + side).isBoolean()) {
        boolean exclusive = object.remove("exclusive" + side).booleanValue();
        if (exclusive && object.has(bound)) {
          object.set("exclusive" + side, object.remove(bound));
        }
      }
    }
    if (schema && object.has("example") && !object.has("in")) {
      JsonNode example = object.remove("example");
      object.putArray("examples").add(example);
    }
    return object;
  }
}
