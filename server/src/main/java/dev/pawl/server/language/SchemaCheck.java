package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks values against one JSON Schema (2020-12), with messages in Pawl's words. */
final class SchemaCheck {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          // Documents are full of words of their own; the default is a log line for each.
          Dialect.builder(Dialects.getDraft202012())
              .unknownKeywordFactory((word, context) -> new NonValidationKeyword(word))
              .build());
  private static final Set<String> CHOICES =
      Set.of("anyOf", "oneOf", "not", "if", "then", "else", "contains");

  private final Schema schema;

  private SchemaCheck(Schema schema) {
    this.schema = schema;
  }

  static SchemaCheck of(JsonNode schema) {
    return new SchemaCheck(REGISTRY.getSchema(schema));
  }

  /** The check of schemas themselves. */
  static SchemaCheck ofSchemas() {
    return new SchemaCheck(
        REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema")));
  }

  List<Finding> check(JsonNode value) {
    return schema.validate(value).stream().map(SchemaCheck::finding).distinct().toList();
  }

  private static Finding finding(Error error) {
    NodePath at = error.getInstanceLocation();
    Path location = Path.ROOT;
    for (int i = 0; i < at.getNameCount(); i++) {
      location = location.child(at.getElement(i));
    }
    String keyword = error.getKeyword() == null ? "" : error.getKeyword();
    boolean choice = false;
    for (int i = 0; i < error.getEvaluationPath().getNameCount(); i++) {
      choice |= CHOICES.contains(error.getEvaluationPath().getName(i));
    }
    return new Finding(
        location, keyword, property(error, keyword), message(error, keyword), Set.of(), choice);
  }

  private static @Nullable String property(Error error, String keyword) {
    return switch (keyword) {
      case "required", "additionalProperties", "unevaluatedProperties" -> error.getProperty();
      default -> null;
    };
  }

  private static String message(Error error, String keyword) {
    JsonNode value = error.getInstanceNode();
    JsonNode wanted = error.getSchemaNode() == null ? null : error.getSchemaNode().get(keyword);
    String is = value == null ? "" : ", is " + Words.kind(value);
    if (wanted == null) {
      wanted = error.getSchemaNode();
    }
    String want = wanted == null ? "" : wanted.isTextual() ? wanted.textValue() : wanted.toString();
    return switch (keyword) {
      case "type" -> "must be " + SchemaTypes.words(wanted) + is;
      case "enum" -> "must be one of " + SchemaTypes.choices(wanted) + is;
      case "const" -> "must be " + want + is;
      case "required" -> "'" + error.getProperty() + "' is missing";
      case "additionalProperties", "unevaluatedProperties" ->
          "'" + error.getProperty() + "' is not known here";
      case "pattern" -> "must match " + want + is;
      case "minLength" -> "must have at least " + want + " characters" + is;
      case "maxLength" -> "must have at most " + want + " characters" + is;
      case "minimum" -> "must be at least " + want + is;
      case "maximum" -> "must be at most " + want + is;
      case "minItems" -> "must have at least " + want + " items";
      case "maxItems" -> "must have at most " + want + " items";
      default -> String.valueOf(error.getMessage());
    };
  }
}
