package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The CEL type of what fits a JSON Schema; {@code dyn} wherever the schema leaves it open. A number
 * is {@code dyn}, since JSON does not say whether it is whole.
 */
final class InputTypes {
  private static final CelType ANY_MAP = MapType.create(SimpleType.STRING, SimpleType.DYN);

  private InputTypes() {}

  static CelType typeOf(JsonNode schema, String name) {
    return switch (schema.path("type").asText("")) {
      case "string" -> SimpleType.STRING;
      case "integer" -> SimpleType.INT;
      case "boolean" -> SimpleType.BOOL;
      case "array" -> ListType.create(typeOf(schema.path("items"), name + "_item"));
      case "object" -> object(schema, name);
      default -> SimpleType.DYN;
    };
  }

  private static CelType object(JsonNode schema, String name) {
    JsonNode properties = schema.path("properties");
    JsonNode additional = schema.path("additionalProperties");
    if (properties.isObject() && additional.isBoolean() && !additional.booleanValue()) {
      Map<String, CelType> fields =
          properties.properties().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      p -> typeOf(p.getValue(), name + "." + p.getKey()),
                      (a, b) -> a,
                      TreeMap::new));
      return Structs.struct(name, fields);
    }
    return properties.isMissingNode() && additional.isObject()
        ? MapType.create(SimpleType.STRING, typeOf(additional, name + "_value"))
        : ANY_MAP;
  }
}
