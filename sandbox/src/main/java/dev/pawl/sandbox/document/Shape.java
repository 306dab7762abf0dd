package dev.pawl.sandbox.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A schema with its references followed and its {@code allOf} parts merged.
 *
 * @param type object, array, string, integer, number, boolean, or empty when the schema doesn't say
 * @param variants the branches of {@code oneOf} and {@code anyOf}, unresolved
 * @param references every reference followed on the way here; two schemas that share one mean the
 *     same thing
 */
public record Shape(
    String type,
    Map<String, JsonNode> properties,
    Set<String> required,
    Optional<JsonNode> items,
    List<JsonNode> variants,
    Set<String> references,
    JsonNode keywords) {

  /** Says nothing, allows everything. */
  public static final Shape ANY =
      new Shape(
          "", Map.of(), Set.of(), Optional.empty(), List.of(), Set.of(), MissingNode.getInstance());

  public Shape {
    Objects.requireNonNull(type);
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
    variants = List.copyOf(variants);
    references = Set.copyOf(references);
  }

  public boolean isObject() {
    return type.equals("object");
  }

  public boolean isArray() {
    return type.equals("array");
  }

  public boolean isScalar() {
    return !type.isEmpty() && !isObject() && !isArray();
  }

  public boolean readOnly() {
    return keywords.path("readOnly").asBoolean();
  }

  public boolean writeOnly() {
    return keywords.path("writeOnly").asBoolean();
  }

  public boolean nullable() {
    return keywords.path("nullable").asBoolean() || keywords.path("x-nullable").asBoolean();
  }

  public String format() {
    return keywords.path("format").asText("");
  }

  /** The allowed values; a {@code const} is an enum of one. */
  public List<JsonNode> choices() {
    if (keywords.has("const")) {
      return List.of(keywords.path("const"));
    }
    return keywords.path("enum").valueStream().filter(value -> !value.isNull()).toList();
  }

  public boolean sharesReference(Shape other) {
    return !Collections.disjoint(references, other.references);
  }
}
