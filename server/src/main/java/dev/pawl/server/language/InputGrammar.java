package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.workflow.InputDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.inputs}. */
final class InputGrammar {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]{0,62}";
  private static final Set<String> TYPES =
      Set.of("string", "integer", "number", "boolean", "array", "object", "null");
  private static final Set<String> KEYWORDS =
      new TreeSet<>(
          Set.of(
              "type",
              "default",
              "description",
              "title",
              "enum",
              "const",
              "format",
              "pattern",
              "minLength",
              "maxLength",
              "minimum",
              "maximum",
              "exclusiveMinimum",
              "exclusiveMaximum",
              "multipleOf",
              "items",
              "prefixItems",
              "contains",
              "minItems",
              "maxItems",
              "uniqueItems",
              "properties",
              "additionalProperties",
              "patternProperties",
              "propertyNames",
              "minProperties",
              "maxProperties",
              "dependentRequired",
              "anyOf",
              "oneOf",
              "allOf",
              "not",
              "if",
              "then",
              "else",
              "examples",
              "deprecated",
              "$defs",
              "$ref",
              "$comment",
              "required",
              "secret"));

  private final Problems problems;

  InputGrammar(Problems problems) {
    this.problems = problems;
  }

  Map<String, InputDefinition> read(@Nullable Fields inputs) {
    var found = new LinkedHashMap<String, InputDefinition>();
    if (inputs == null) {
      return found;
    }
    for (var entry : inputs.all().properties()) {
      Path path = inputs.path(entry.getKey());
      if (!entry.getKey().matches(NAME)) {
        problems.atKey(path, "an input's name is a letter or _, then letters, digits, _ or -");
      }
      if (entry.getValue() instanceof ObjectNode schema) {
        found.put(entry.getKey(), input(path, entry.getKey(), schema));
      } else {
        problems.at(
            path,
            "must be a JSON Schema such as {type: string}, is " + Words.kind(entry.getValue()));
      }
    }
    return found;
  }

  private InputDefinition input(Path path, String name, ObjectNode given) {
    ObjectNode schema = given.deepCopy();
    boolean secret = flag(path, schema, "secret");
    boolean optional = schema.has("default");
    if (schema.has("required") && !schema.get("required").isArray()) {
      optional |= !flag(path, schema, "required");
    }
    if (secret && schema.has("default")) {
      problems.atKey(
          path.key("default"), "a secret input can't have a default: the file is stored in clear");
    }
    words(path, schema);
    if (checkSchema(path, schema)) {
      checkDefault(path, schema);
    }
    return new InputDefinition(name, schema, !optional, secret);
  }

  private boolean flag(Path path, ObjectNode schema, String field) {
    JsonNode value = schema.remove(field);
    if (value != null && !value.isBoolean()) {
      problems.at(path.key(field), "must be true or false, is " + Words.kind(value));
    }
    return value != null && value.booleanValue();
  }

  private void words(Path path, ObjectNode schema) {
    for (var entry : schema.properties()) {
      if (!KEYWORDS.contains(entry.getKey())) {
        problems.atKey(
            path.key(entry.getKey()),
            "'" + entry.getKey() + "' is not a word of JSON Schema",
            entry.getKey(),
            KEYWORDS);
      }
    }
    JsonNode ref = schema.get("$ref");
    if (ref != null && !ref.asText().startsWith("#")) {
      problems.at(path.key("$ref"), "may only point into this schema, as in #/$defs/x");
    }
  }

  private boolean checkSchema(Path path, ObjectNode schema) {
    JsonNode type = schema.get("type");
    if (type != null && type.isTextual() && !TYPES.contains(type.textValue())) {
      problems.at(
          path.key("type"),
          "'" + type.textValue() + "' is not a type of JSON Schema",
          type.textValue(),
          TYPES);
      return false;
    }
    var findings = SchemaCheck.ofSchemas().check(schema);
    for (Finding finding : findings) {
      problems.at(join(path, finding.location()), finding.message());
    }
    return findings.isEmpty();
  }

  private void checkDefault(Path path, ObjectNode schema) {
    JsonNode value = schema.get("default");
    if (value != null) {
      Path at = path.key("default");
      for (Finding finding : SchemaCheck.of(schema).check(value)) {
        problems.at(join(at, finding.location()), finding.message());
      }
    }
  }

  static Path join(Path base, Path relative) {
    Path joined = base;
    for (Object element : relative.elements()) {
      joined = joined.child(element);
    }
    return joined;
  }
}
