package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.Operation.SendBody;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import java.util.Optional;

/** Refuses a request that lacks a required field, and nothing else: APIs differ in all the rest. */
final class RequestCheck {
  private final Shapes shapes;

  RequestCheck(Shapes shapes) {
    this.shapes = shapes;
  }

  /** Throws a Refusal with the status the document has for a bad request. */
  void run(Operation operation, JsonNode body) {
    operation
        .body()
        .flatMap(expected -> problem(expected, body))
        .ifPresent(
            problem -> {
              throw new Refusal(status(operation), problem);
            });
  }

  private Optional<String> problem(Operation.RequestBody expected, JsonNode body) {
    Shape shape = shapes.of(expected.schema());
    if (body.isMissingNode()) {
      boolean needed =
          expected.required() == SendBody.ALWAYS
              && (!shape.required().isEmpty() || shape.isArray());
      return needed ? Optional.of("A request body is required.") : Optional.empty();
    }
    return lacking(shape, body, "");
  }

  private static int status(Operation operation) {
    return operation.responses().containsKey(422) || !operation.responses().containsKey(400)
        ? 422
        : 400;
  }

  private Optional<String> lacking(Shape shape, JsonNode value, String path) {
    if (value.isArray()) {
      return lackingInside(shape, value, path);
    }
    if (!value.isObject()) {
      return Optional.empty();
    }
    for (String name : shape.required()) {
      JsonNode schema = shape.properties().get(name);
      boolean serverSide = schema != null && shapes.of(schema).readOnly();
      if (!value.has(name) && !serverSide) {
        return Optional.of("The field " + path + name + " is required.");
      }
    }
    for (var field : value.properties()) {
      JsonNode schema = shape.properties().get(field.getKey());
      if (schema != null) {
        Optional<String> below =
            lacking(shapes.of(schema), field.getValue(), path + field.getKey() + ".");
        if (below.isPresent()) {
          return below;
        }
      }
    }
    return inVariants(shape, value, path);
  }

  private Optional<String> lackingInside(Shape shape, JsonNode list, String path) {
    if (shape.items().isEmpty()) {
      return Optional.empty();
    }
    Shape items = shapes.of(shape.items().get());
    for (int i = 0; i < list.size(); i++) {
      Optional<String> below = lacking(items, list.get(i), path + i + ".");
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  /** One variant that has all it needs is enough. */
  private Optional<String> inVariants(Shape shape, JsonNode value, String path) {
    Optional<String> first = Optional.empty();
    for (JsonNode variant : shape.variants()) {
      Optional<String> lacking = lacking(shapes.of(variant), value, path);
      if (lacking.isEmpty()) {
        return lacking;
      }
      first = first.isPresent() ? first : lacking;
    }
    return first;
  }
}
