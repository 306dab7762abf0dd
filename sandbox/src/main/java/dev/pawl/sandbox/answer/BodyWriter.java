package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import dev.pawl.sandbox.inference.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a body in the form of a schema: values come from a source by field name, deeply; what the
 * source lacks and the schema wants is invented; what the schema lacks is left out.
 */
final class BodyWriter {
  /** Nothing invented lies deeper than this. */
  private static final int MAX_DEPTH = 16;

  private static final JsonNode NOTHING = MissingNode.getInstance();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> STAND_INS = List.of("slug", "id", "name", "uuid", "key");

  private final Shapes shapes;
  private final Variants variants;

  BodyWriter(Shapes shapes) {
    this.shapes = shapes;
    this.variants = new Variants(shapes);
  }

  /** Missing when the schema allows to say nothing and the source says nothing. */
  JsonNode write(JsonNode schema, JsonNode source, Draft draft) {
    return write("", schema, source, "", draft);
  }

  private JsonNode write(
      String name, JsonNode schema, JsonNode source, String pointer, Draft draft) {
    Shape shape = variants.choose(shapes.of(schema), source);
    boolean deep = pointer.chars().filter(c -> c == '/').count() > MAX_DEPTH;
    if (deep || shape.type().isEmpty()) {
      return source.deepCopy();
    }
    if (source.isNull()) {
      return shape.nullable() || shape.required().isEmpty() ? source : NOTHING;
    }
    if (source.isMissingNode() && isOpen(shape, draft)) {
      return NOTHING;
    }
    Set<String> opened = new HashSet<>(shape.references());
    opened.removeAll(draft.open());
    draft.open().addAll(opened);
    try {
      return switch (shape.type()) {
        case "object" -> object(shape, source, pointer, draft);
        case "array" -> array(name, shape, source, pointer, draft);
        default -> scalar(name, shape, source, pointer, draft);
      };
    } finally {
      draft.open().removeAll(opened);
    }
  }

  private static boolean isOpen(Shape shape, Draft draft) {
    return shape.isObject() && shape.references().stream().anyMatch(draft.open()::contains);
  }

  private JsonNode object(Shape shape, JsonNode source, String pointer, Draft draft) {
    JsonNode fields = source.isValueNode() ? standIn(shape, source) : source;
    if (source.isValueNode() && fields.isMissingNode()) {
      return NOTHING;
    }
    ObjectNode out = JsonText.object();
    Map<String, JsonNode> plain = new HashMap<>();
    fields.properties().forEach(f -> plain.putIfAbsent(Names.plain(f.getKey()), f.getValue()));
    shape
        .properties()
        .forEach(
            (field, schema) -> {
              JsonNode given =
                  fields.has(field)
                      ? fields.get(field)
                      : plain.getOrDefault(Names.plain(field), NOTHING);
              JsonNode value = property(shape, field, schema, given, pointer, draft);
              if (!value.isMissingNode()) {
                out.set(field, value);
              }
            });
    copyOpenFields(shape, fields, out);
    return out;
  }

  private JsonNode property(
      Shape owner, String field, JsonNode schema, JsonNode given, String pointer, Draft draft) {
    Shape shape = shapes.of(schema);
    if (shape.writeOnly()) {
      return NOTHING;
    }
    String below = pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    if (!given.isMissingNode()) {
      JsonNode written = write(field, schema, given, below, draft);
      if (!written.isMissingNode()) {
        return written;
      }
    }
    boolean required = owner.required().contains(field);
    return Wanted.isWanted(shapes, field, shape, required)
        ? orNull(write(field, schema, NOTHING, below, draft), shape, required)
        : NOTHING;
  }

  private static JsonNode orNull(JsonNode value, Shape shape, boolean required) {
    return value.isMissingNode() && required && shape.nullable() ? NODES.nullNode() : value;
  }

  /** Where the schema lists no fields, or allows any, what was given is kept as it is. */
  private static void copyOpenFields(Shape shape, JsonNode fields, ObjectNode out) {
    JsonNode additional = shape.keywords().path("additionalProperties");
    if (shape.properties().isEmpty() || additional.isObject() || additional.asBoolean(false)) {
      fields
          .properties()
          .forEach(
              field -> {
                if (!out.has(field.getKey())) {
                  out.set(field.getKey(), field.getValue().deepCopy());
                }
              });
    }
  }

  /** A request often names a thing ("nyc3") that the answer then describes ({slug: nyc3, …}). */
  private JsonNode standIn(Shape shape, JsonNode source) {
    for (String name : STAND_INS) {
      JsonNode schema = shape.properties().get(name);
      if (schema != null) {
        JsonNode value = Scalars.coerce(source, shapes.of(schema));
        if (!value.isMissingNode()) {
          return JsonText.object().set(name, value);
        }
      }
    }
    return shape.properties().isEmpty() ? JsonText.object() : NOTHING;
  }

  private JsonNode array(String name, Shape shape, JsonNode source, String pointer, Draft draft) {
    ArrayNode out = NODES.arrayNode();
    JsonNode items = shape.items().orElse(NOTHING);
    if (source.isArray()) {
      for (JsonNode element : source) {
        JsonNode value = write(name, items, element, pointer + "/" + out.size(), draft);
        if (!value.isMissingNode()) {
          out.add(value);
        }
      }
    } else if (source.isValueNode()) {
      JsonNode value = write(name, items, source, pointer + "/0", draft);
      if (!value.isMissingNode()) {
        out.add(value);
      }
    }
    return out;
  }

  private JsonNode scalar(String name, Shape shape, JsonNode source, String pointer, Draft draft) {
    JsonNode given = source.isObject() ? source.path("slug") : source;
    JsonNode value = Scalars.coerce(given, shape);
    if (!value.isMissingNode()) {
      return value;
    }
    if (Readiness.isStatus(name, shape)) {
      Readiness readiness = Readiness.of(shape);
      readiness.before().ifPresent(before -> draft.transitions().put(pointer, before));
      return readiness.after();
    }
    return Scalars.invent(name, shape, draft.now());
  }
}
