package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Errors in the API's own style, as far as the document shows one. */
final class ErrorBodies {
  private final BodyWriter writer;
  private final Shapes shapes;

  ErrorBodies(Shapes shapes) {
    this.writer = new BodyWriter(shapes);
    this.shapes = shapes;
  }

  ApiAnswer of(Optional<Operation> operation, int status, String message, Instant now) {
    Optional<JsonNode> schema =
        operation.flatMap(one -> documented(one, status)).flatMap(DocumentedResponse::schema);
    ObjectNode fields = fields(status, message);
    JsonNode body = schema.map(one -> styled(one, fields, now)).orElseGet(JsonText::object);
    boolean says = body.toString().contains(message);
    ObjectNode plain = JsonText.object();
    plain.set("id", fields.get("id"));
    plain.put("message", message);
    String type =
        operation
            .flatMap(one -> documented(one, status))
            .map(DocumentedResponse::contentType)
            .filter(one -> one.contains("json"))
            .orElse("application/json");
    return new ApiAnswer(status, type, says ? body : plain, Map.of());
  }

  /** The response for this status, else any other error: they mostly share one schema. */
  private static Optional<DocumentedResponse> documented(Operation operation, int status) {
    return operation
        .response(status)
        .filter(response -> response.schema().isPresent())
        .or(
            () ->
                operation.responses().entrySet().stream()
                    .filter(entry -> entry.getKey() >= 400)
                    .map(Map.Entry::getValue)
                    .filter(response -> response.schema().isPresent())
                    .findFirst());
  }

  private JsonNode styled(JsonNode schema, ObjectNode plain, Instant now) {
    Shape shape = shapes.of(schema);
    ObjectNode source = plain.deepCopy();
    for (String name : List.of("error", "errors")) {
      JsonNode below = shape.properties().get(name);
      if (below != null && shapes.of(below).isObject()) {
        source.set(name, plain);
      }
      if (below != null && shapes.of(below).isArray()) {
        boolean texts =
            shapes.of(below).items().filter(items -> shapes.of(items).isScalar()).isPresent();
        source.putArray(name).add(texts ? plain.path("message") : plain);
      }
    }
    return shape.isObject() ? writer.write(schema, source, new Draft(now)) : plain;
  }

  private static ObjectNode fields(int status, String message) {
    String reason =
        switch (status) {
          case 400 -> "bad_request";
          case 401 -> "unauthorized";
          case 404 -> "not_found";
          case 405 -> "method_not_allowed";
          case 409 -> "conflict";
          case 413 -> "payload_too_large";
          case 422 -> "unprocessable_entity";
          default -> "server_error";
        };
    ObjectNode fields = JsonText.object();
    fields.put("id", reason).put("code", reason).put("message", message);
    fields.put("detail", message).put("title", reason).put("description", message);
    fields.put("error", message).put("status", status);
    return fields;
  }
}
