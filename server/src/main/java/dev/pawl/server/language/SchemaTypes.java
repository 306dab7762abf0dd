package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The {@code type} word of JSON Schema: in messages, and beside CEL's types. */
final class SchemaTypes {
  private static final int SHOWN = 12;

  private SchemaTypes() {}

  /** {@code a text or null}. */
  static String words(@Nullable JsonNode type) {
    return names(type).stream().map(SchemaTypes::word).collect(Collectors.joining(" or "));
  }

  static String choices(@Nullable JsonNode values) {
    if (values == null || !values.isArray()) {
      return "the listed values";
    }
    String shown =
        StreamSupport.stream(values.spliterator(), false)
            .limit(SHOWN)
            .map(v -> v.isTextual() ? v.textValue() : v.toString())
            .collect(Collectors.joining(", "));
    return values.size() > SHOWN ? shown + ", …" : shown;
  }

  static Set<String> names(@Nullable JsonNode type) {
    var names = new LinkedHashSet<String>();
    if (type != null && type.isTextual()) {
      names.add(type.textValue());
    } else if (type != null) {
      type.forEach(t -> names.add(t.asText()));
    }
    return names;
  }

  /** What CEL's type is called in messages. */
  static String word(CelType type) {
    return switch (type.kind()) {
      case STRING -> "a text";
      case INT, UINT -> "a whole number";
      case DOUBLE -> "a number";
      case BOOL -> "true or false";
      case LIST -> "a list";
      case MAP, STRUCT -> "a map";
      case NULL_TYPE -> "null";
      default -> type.name();
    };
  }

  /** Whether a value of CEL's type can be of one of the schema's types. */
  static boolean mayFit(CelType type, Set<String> names) {
    CelType plain = type instanceof NullableType nullable ? nullable.targetType() : type;
    String name = nameOf(plain.kind());
    return names.isEmpty()
        || name == null
        || names.contains(name)
        || (names.contains("number") && name.equals("integer"))
        || (names.contains("integer") && name.equals("number"));
  }

  private static @Nullable String nameOf(CelKind kind) {
    return switch (kind) {
      case STRING, TIMESTAMP, DURATION -> "string";
      case INT, UINT -> "integer";
      case DOUBLE -> "number";
      case BOOL -> "boolean";
      case LIST -> "array";
      case MAP, STRUCT -> "object";
      case NULL_TYPE -> "null";
      default -> null;
    };
  }

  private static String word(String name) {
    return switch (name) {
      case "string" -> "a text";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      case "object" -> "a map";
      default -> name;
    };
  }
}
