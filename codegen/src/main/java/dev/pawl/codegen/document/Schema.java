package dev.pawl.codegen.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema with its reference followed. Two views of one place in the document are the same object,
 * so identity means "the same schema".
 */
public final class Schema {
  private final ApiDocument document;
  private final JsonNode node;
  private @Nullable Map<String, Schema> properties;
  private @Nullable Map<String, Schema> composed;
  private @Nullable Map<String, Schema> declared;
  private @Nullable Set<String> types;
  private @Nullable List<Schema> variants;
  private @Nullable List<Schema> parts;
  private @Nullable Map<String, Schema> heirs;

  Schema(ApiDocument document, JsonNode node) {
    this.document = document;
    this.node = node;
  }

  /** The schema as written. */
  public JsonNode node() {
    return node;
  }

  /** The schema's types, {@code null} left out; empty where it names none. */
  public Set<String> types() {
    if (types == null) {
      Set<String> out = new LinkedHashSet<>();
      JsonNode type = node.path("type");
      if (type.isTextual()) {
        out.add(type.textValue());
      }
      type.forEach(t -> out.add(t.asText()));
      out.remove("null");
      types = Collections.unmodifiableSet(out);
    }
    return types;
  }

  /** Whether null is a value, in any version's spelling. */
  public boolean nullable() {
    if (node.path("nullable").asBoolean() || node.path("x-nullable").asBoolean()) {
      return true;
    }
    for (JsonNode type : node.path("type")) {
      if (type.asText().equals("null")) {
        return true;
      }
    }
    return false;
  }

  public boolean isArray() {
    return types().contains("array") || node.has("items");
  }

  /** Whether it has members of its own, written here or in what it is composed of. */
  public boolean hasProperties() {
    return !properties().isEmpty();
  }

  /** Whether values of it are text, numbers, or of no stated type. */
  public boolean isKeyLike() {
    if (isArray() || hasProperties() || node.has("additionalProperties")) {
      return false;
    }
    Set<String> types = types();
    return types.isEmpty()
        ? !types(variants()).contains("object")
        : types.contains("string") || types.contains("integer") || types.contains("number");
  }

  private static Set<String> types(List<Schema> schemas) {
    Set<String> out = new LinkedHashSet<>();
    schemas.forEach(s -> out.addAll(s.types()));
    return out;
  }

  /** The items of an array; empty where they are not described. */
  public Optional<Schema> items() {
    JsonNode items = node.path("items");
    return items.isObject() ? Optional.of(document.schema(items)) : Optional.empty();
  }

  /** The branches of {@code oneOf} and {@code anyOf}. */
  public List<Schema> variants() {
    if (variants == null) {
      List<Schema> out = new ArrayList<>();
      node.path("oneOf").forEach(s -> out.add(document.schema(s)));
      node.path("anyOf").forEach(s -> out.add(document.schema(s)));
      variants = List.copyOf(out);
    }
    return variants;
  }

  /** The branches' names: where a branch is a reference, its last word; else empty. */
  public List<String> variantNames() {
    List<String> out = new ArrayList<>();
    for (String keyword : List.of("oneOf", "anyOf")) {
      node.path(keyword).forEach(s -> out.add(s.path("$ref").asText("").replaceAll("^.*/", "")));
    }
    return out;
  }

  /** The member whose value says which branch a value takes; empty where none is named. */
  public Optional<String> discriminator() {
    JsonNode said = node.path("discriminator");
    String name = said.isTextual() ? said.textValue() : said.path("propertyName").asText("");
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  /** The document's named schemas that have this one among their parts, at any depth, by name. */
  public Map<String, Schema> heirs() {
    if (heirs == null) {
      heirs = Collections.unmodifiableMap(document.heirs(this));
    }
    return heirs;
  }

  /** Whether null is its only value. */
  public boolean isNullAlone() {
    return node.path("type").asText().equals("null");
  }

  /** A discriminator's values, and the branch that each stands for. */
  public Map<String, Schema> mapping() {
    Map<String, Schema> out = new LinkedHashMap<>();
    for (var entry : node.path("discriminator").path("mapping").properties()) {
      String target = entry.getValue().asText();
      String ref = target.startsWith("#") ? target : "#/components/schemas/" + target;
      out.put(
          entry.getKey(), document.schema(JsonNodeFactory.instance.objectNode().put("$ref", ref)));
    }
    return out;
  }

  /** The parts of {@code allOf}. */
  public List<Schema> parts() {
    if (parts == null) {
      List<Schema> out = new ArrayList<>();
      node.path("allOf").forEach(s -> out.add(document.schema(s)));
      parts = List.copyOf(out);
    }
    return parts;
  }

  /** Every member that a value may have: its own and those of all parts and branches. */
  public Map<String, Schema> properties() {
    if (properties == null) {
      Map<String, Schema> out = new LinkedHashMap<>();
      collect(out, Collections.newSetFromMap(new IdentityHashMap<>()), Branches.ALL);
      properties = Collections.unmodifiableMap(out);
    }
    return properties;
  }

  /** Members written in this very schema. */
  public Map<String, Schema> declared() {
    if (declared == null) {
      Map<String, Schema> out = new LinkedHashMap<>();
      node.path("properties")
          .properties()
          .forEach(p -> out.put(p.getKey(), document.schema(p.getValue())));
      declared = Collections.unmodifiableMap(out);
    }
    return declared;
  }

  /** The schema of members that are not listed; empty where they are not described. */
  public Optional<Schema> additional() {
    JsonNode additional = node.path("additionalProperties");
    return additional.isObject() ? Optional.of(document.schema(additional)) : Optional.empty();
  }

  /** Members that a value has whatever branch it takes: its own and those of {@code allOf}. */
  public Map<String, Schema> ownProperties() {
    if (composed == null) {
      Map<String, Schema> out = new LinkedHashMap<>();
      collect(out, Collections.newSetFromMap(new IdentityHashMap<>()), Branches.NONE);
      composed = Collections.unmodifiableMap(out);
    }
    return composed;
  }

  private enum Branches {
    ALL,
    NONE
  }

  private void collect(Map<String, Schema> out, Set<Schema> seen, Branches branches) {
    if (!seen.add(this)) {
      return;
    }
    node.path("properties")
        .properties()
        .forEach(p -> out.putIfAbsent(p.getKey(), document.schema(p.getValue())));
    parts().forEach(s -> s.collect(out, seen, branches));
    if (branches == Branches.ALL) {
      variants().forEach(s -> s.collect(out, seen, branches));
    }
  }

  /** Members that must be there, those demanded by {@code allOf} included. */
  public Set<String> required() {
    Set<String> out = new LinkedHashSet<>();
    required(out, Collections.newSetFromMap(new IdentityHashMap<>()));
    return out;
  }

  private void required(Set<String> out, Set<Schema> seen) {
    if (seen.add(this)) {
      node.path("required").forEach(r -> out.add(r.asText()));
      parts().forEach(s -> s.required(out, seen));
    }
  }

  /** Allowed values as text; empty where any is allowed. */
  public List<String> enumValues() {
    List<String> out = new ArrayList<>();
    node.path("enum").forEach(v -> out.add(v.asText()));
    if (node.has("const")) {
      out.add(node.get("const").asText());
    }
    return out;
  }

  public String format() {
    return node.path("format").asText("");
  }

  public String description() {
    return node.path("description").asText(node.path("title").asText(""));
  }

  /** An example as text; empty where there is none. */
  public String example() {
    return node.path("example").asText(node.path("examples").path(0).asText(""));
  }

  public boolean readOnly() {
    return node.path("readOnly").asBoolean();
  }

  public boolean writeOnly() {
    return node.path("writeOnly").asBoolean() || format().equals("password");
  }
}
