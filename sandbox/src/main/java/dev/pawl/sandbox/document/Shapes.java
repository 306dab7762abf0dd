package dev.pawl.sandbox.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns schema nodes into {@link Shape}s, each once. */
public final class Shapes {
  private static final List<String> COPIED =
      List.of(
          "format",
          "default",
          "enum",
          "const",
          "pattern",
          "readOnly",
          "writeOnly",
          "nullable",
          "x-nullable",
          "minimum",
          "minLength",
          "maxLength",
          "minItems",
          "additionalProperties");

  private final ApiDocument document;
  private final Map<JsonNode, Shape> known = Collections.synchronizedMap(new IdentityHashMap<>());

  Shapes(ApiDocument document) {
    this.document = document;
  }

  public Shape of(JsonNode schema) {
    Shape shape = known.get(schema);
    if (shape == null) {
      Merge merge = new Merge();
      merge.add(schema);
      shape = merge.shape();
      known.put(schema, shape);
    }
    return shape;
  }

  /** The parts every variant may also have, with one of them merged in. */
  public Shape with(Shape base, JsonNode variant) {
    Merge merge = new Merge();
    merge.add(base);
    merge.add(variant);
    return merge.shape();
  }

  private final class Merge {
    private final Map<String, JsonNode> properties = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private final Set<String> references = new LinkedHashSet<>();
    private final List<JsonNode> variants = new ArrayList<>();
    private final ObjectNode keywords = JsonText.object();
    private final Set<String> open = new HashSet<>();
    private @Nullable JsonNode items;
    private String type = "";

    void add(Shape base) {
      properties.putAll(base.properties());
      required.addAll(base.required());
      references.addAll(base.references());
      base.items().ifPresent(value -> items = value);
      type = base.type();
      if (base.keywords() instanceof ObjectNode object) {
        keywords.setAll(object);
      }
    }

    void add(JsonNode schema) {
      JsonNode node = schema;
      while (node.path("$ref").isTextual()) {
        String reference = node.path("$ref").asText();
        copyKeywords(node);
        if (!open.add(reference)) {
          return;
        }
        references.add(reference);
        JsonNode target = document.resolve(node);
        // One hop is enough for most documents; longer chains end in the same target.
        node = target;
      }
      copyKeywords(node);
      readType(node);
      node.path("properties").properties().forEach(this::addProperty);
      node.path("required").forEach(name -> required.add(name.asText()));
      if (node.path("items").isObject()) {
        items = node.path("items");
      }
      node.path("allOf").forEach(this::add);
      addVariants(node.path("oneOf"));
      addVariants(node.path("anyOf"));
    }

    /** Two parts may each say something about one property: then both count. */
    private void addProperty(Map.Entry<String, JsonNode> entry) {
      properties.merge(
          entry.getKey(), entry.getValue(), (first, second) -> moreTelling(first, second));
    }

    private JsonNode moreTelling(JsonNode first, JsonNode second) {
      return second.isObject() && !second.isEmpty() && second.size() >= first.size()
          ? second
          : first;
    }

    private void copyKeywords(JsonNode node) {
      for (String keyword : COPIED) {
        if (node.has(keyword)) {
          keywords.set(keyword, node.get(keyword));
        }
      }
    }

    private void readType(JsonNode node) {
      JsonNode declared = node.path("type");
      if (declared.isTextual()) {
        type = declared.asText();
      }
      for (JsonNode one : declared) {
        if (one.asText().equals("null")) {
          keywords.put("nullable", true);
        } else if (type.isEmpty()) {
          type = one.asText();
        }
      }
    }

    private void addVariants(JsonNode list) {
      List<JsonNode> real = new ArrayList<>();
      for (JsonNode variant : list) {
        JsonNode target = document.resolve(variant);
        if (target.path("type").asText().equals("null")) {
          keywords.put("nullable", true);
        } else {
          real.add(variant);
        }
      }
      if (real.size() == 1) {
        add(real.getFirst());
      } else {
        variants.addAll(real);
      }
    }

    Shape shape() {
      return new Shape(
          type.isEmpty() ? guess() : type,
          properties,
          required,
          Optional.ofNullable(items),
          variants,
          references,
          keywords);
    }

    private String guess() {
      if (!properties.isEmpty() || keywords.path("additionalProperties").isObject()) {
        return "object";
      }
      if (items != null) {
        return "array";
      }
      JsonNode sample = keywords.path("enum").path(0);
      return sample.isTextual() ? "string" : sample.isIntegralNumber() ? "integer" : "";
    }
  }
}
