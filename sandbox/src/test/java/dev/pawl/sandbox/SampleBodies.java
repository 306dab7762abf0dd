package dev.pawl.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import java.util.concurrent.atomic.AtomicInteger;

/** Request bodies with just what a schema requires, and a name of their own. */
final class SampleBodies {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Shapes shapes;
  private final AtomicInteger next = new AtomicInteger();

  SampleBodies(Shapes shapes) {
    this.shapes = shapes;
  }

  JsonNode of(JsonNode schema) {
    return of("body", schema, 0);
  }

  private JsonNode of(String name, JsonNode schema, int depth) {
    Shape shape = shapes.of(schema);
    for (int i = 0; i < 5 && !shape.variants().isEmpty(); i++) {
      shape = shapes.with(shape, shape.variants().getFirst());
    }
    if (!shape.choices().isEmpty()) {
      return shape.choices().getFirst();
    }
    return switch (shape.type()) {
      case "array" -> array(name, shape, depth);
      case "integer", "number" -> NODES.numberNode(1);
      case "boolean" -> NODES.booleanNode(true);
      case "string" -> NODES.textNode(name + "-" + next.incrementAndGet());
      default -> object(shape, depth);
    };
  }

  private ArrayNode array(String name, Shape shape, int depth) {
    ArrayNode list = NODES.arrayNode();
    if (depth < 6 && shape.items().isPresent()) {
      list.add(of(name, shape.items().get(), depth + 1));
    }
    return list;
  }

  private ObjectNode object(Shape shape, int depth) {
    ObjectNode object = NODES.objectNode();
    shape
        .properties()
        .forEach(
            (name, schema) -> {
              boolean wanted = shape.required().contains(name) || name.equals("name");
              if (wanted && depth < 6 && !shapes.of(schema).readOnly()) {
                object.set(name, of(name, schema, depth + 1));
              }
            });
    return object;
  }
}
