package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.Operation.SendBody;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import java.util.HashMap;
import java.util.Map;
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
    return lacking(shape, shape.properties(), body, "");
  }

  private static int status(Operation operation) {
    return operation.responses().containsKey(422) || !operation.responses().containsKey(400)
        ? 422
        : 400;
  }

  /** {@code known} are the fields the schema describes: some require one that it never mentions. */
  private Optional<String> lacking(
      Shape shape, Map<String, JsonNode> known, JsonNode value, String path) {
    if (value.isArray()) {
      return lackingInside(shape, value, path);
    }
    if (!value.isObject()) {
      return Optional.empty();
    }
    for (String name : shape.required()) {
      JsonNode schema = known.get(name);
      boolean expected = schema != null && !shapes.of(schema).readOnly();
      if (expected && !value.has(name)) {
        return Optional.of("The field " + path + name + " is required.");
      }
    }
    for (var field : value.properties()) {
      JsonNode schema = shape.properties().get(field.getKey());
      if (schema != null) {
        Optional<String> below = lacking(schema, field.getValue(), path + field.getKey() + ".");
        if (below.isPresent()) {
          return below;
        }
      }
    }
    return inVariants(shape, known, value, path);
  }

  private Optional<String> lacking(JsonNode schema, JsonNode value, String path) {
    Shape shape = shapes.of(schema);
    return lacking(shape, shape.properties(), value, path);
  }

  private Optional<String> lackingInside(Shape shape, JsonNode list, String path) {
    if (shape.items().isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < list.size(); i++) {
      Optional<String> below = lacking(shape.items().get(), list.get(i), path + i + ".");
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  /** One variant that has all it needs is enough. */
  private Optional<String> inVariants(
      Shape shape, Map<String, JsonNode> known, JsonNode value, String path) {
    Optional<String> first = Optional.empty();
    for (JsonNode variant : shape.variants()) {
      Shape branch = shapes.of(variant);
      Map<String, JsonNode> both = new HashMap<>(known);
      both.putAll(branch.properties());
      Optional<String> lacking = lacking(branch, both, value, path);
      if (lacking.isEmpty()) {
        return lacking;
      }
      first = first.isPresent() ? first : lacking;
    }
    return first;
  }
}
