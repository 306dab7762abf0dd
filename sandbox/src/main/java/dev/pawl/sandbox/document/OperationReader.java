package dev.pawl.sandbox.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.Operation.Parameter;
import dev.pawl.sandbox.document.Operation.RequestBody;
import dev.pawl.sandbox.document.Operation.SendBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one operation, hiding the differences between Swagger 2.0 and OpenAPI 3. */
final class OperationReader {
  private static final String JSON = "application/json";

  private final ApiDocument document;
  private final JsonNode operation;

  private OperationReader(ApiDocument document, JsonNode operation) {
    this.document = document;
    this.operation = operation;
  }

  static Operation read(
      ApiDocument document, String path, JsonNode pathItem, String method, JsonNode operation) {
    OperationReader reader = new OperationReader(document, operation);
    List<JsonNode> parameters = reader.parameters(pathItem);
    return new Operation(
        method.toUpperCase(Locale.ROOT),
        PathTemplate.of(path),
        reader.outsideBody(parameters),
        document.isSwagger() ? reader.swaggerBody(parameters) : reader.body(),
        reader.responses(),
        reader.security());
  }

  private List<JsonNode> parameters(JsonNode pathItem) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    for (JsonNode list : List.of(pathItem.path("parameters"), operation.path("parameters"))) {
      for (JsonNode entry : list) {
        JsonNode parameter = document.resolve(entry);
        byName.put(
            parameter.path("in").asText() + ":" + parameter.path("name").asText(), parameter);
      }
    }
    return List.copyOf(byName.values());
  }

  private List<Parameter> outsideBody(List<JsonNode> parameters) {
    List<Parameter> kept = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      String in = parameter.path("in").asText();
      if (!in.equals("body") && !in.equals("formData")) {
        JsonNode schema = parameter.has("schema") ? parameter.path("schema") : parameter;
        kept.add(new Parameter(parameter.path("name").asText(), in, schema));
      }
    }
    return kept;
  }

  private Optional<RequestBody> body() {
    JsonNode body = document.resolve(operation.path("requestBody"));
    return media(body.path("content"))
        .map(
            media ->
                new RequestBody(
                    media.getValue().path("schema"), sendBody(body.path("required").asBoolean())));
  }

  private static SendBody sendBody(boolean required) {
    return required ? SendBody.ALWAYS : SendBody.MAY_BE_LEFT_OUT;
  }

  private Optional<RequestBody> swaggerBody(List<JsonNode> parameters) {
    ObjectNode form = JsonText.object();
    ArrayNode required = form.arrayNode();
    for (JsonNode parameter : parameters) {
      if (parameter.path("in").asText().equals("body")) {
        return Optional.of(
            new RequestBody(
                parameter.path("schema"), sendBody(parameter.path("required").asBoolean())));
      }
      if (parameter.path("in").asText().equals("formData")) {
        form.withObjectProperty("properties").set(parameter.path("name").asText(), parameter);
        if (parameter.path("required").asBoolean()) {
          required.add(parameter.path("name").asText());
        }
      }
    }
    if (form.isEmpty()) {
      return Optional.empty();
    }
    form.put("type", "object").set("required", required);
    return Optional.of(new RequestBody(form, sendBody(!required.isEmpty())));
  }

  private Map<Integer, DocumentedResponse> responses() {
    Map<Integer, DocumentedResponse> found = new HashMap<>();
    operation
        .path("responses")
        .properties()
        .forEach(
            entry -> {
              int status = status(entry.getKey());
              if (status > 0) {
                found.put(status, response(status, document.resolve(entry.getValue())));
              }
            });
    JsonNode usual = operation.path("responses").path("default");
    if (usual.isObject() && found.keySet().stream().noneMatch(status -> status < 300)) {
      found.put(200, response(200, document.resolve(usual)));
    }
    return found;
  }

  /** A range such as 2XX stands for its first code. */
  private static int status(String key) {
    if (key.matches("[1-5](?:[0-9]{2}|XX|xx)")) {
      return Integer.parseInt(key.replaceAll("[Xx]", "0"));
    }
    return 0;
  }

  private DocumentedResponse response(int status, JsonNode response) {
    Map<String, JsonNode> headers = new LinkedHashMap<>();
    response
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), document.resolve(header.getValue())));
    if (document.isSwagger()) {
      JsonNode schema = response.path("schema");
      return new DocumentedResponse(
          status, produces(), Optional.of(schema).filter(JsonNode::isObject), headers);
    }
    Optional<Map.Entry<String, JsonNode>> media = media(response.path("content"));
    return new DocumentedResponse(
        status,
        media.map(Map.Entry::getKey).filter(type -> !type.contains("*")).orElse(JSON),
        media.map(entry -> entry.getValue().path("schema")).filter(JsonNode::isObject),
        headers);
  }

  private String produces() {
    JsonNode types =
        operation.has("produces") ? operation.path("produces") : document.root().path("produces");
    String first = JSON;
    for (JsonNode type : types) {
      if (type.asText().contains("json")) {
        return type.asText();
      }
      first = types.path(0).asText(JSON);
    }
    return first.contains("*") ? JSON : first;
  }

  private static Optional<Map.Entry<String, JsonNode>> media(JsonNode content) {
    List<Map.Entry<String, JsonNode>> types = List.copyOf(content.properties());
    return types.stream()
        .filter(type -> type.getKey().contains("json"))
        .findFirst()
        .or(() -> types.stream().findFirst());
  }

  private List<List<String>> security() {
    JsonNode requirements =
        operation.has("security") ? operation.path("security") : document.root().path("security");
    if (requirements.isMissingNode()) {
      return schemes().map(List::of).toList();
    }
    List<List<String>> alternatives = new ArrayList<>();
    for (JsonNode requirement : requirements) {
      if (requirement.isEmpty()) {
        return List.of();
      }
      alternatives.add(requirement.properties().stream().map(Map.Entry::getKey).toList());
    }
    return alternatives;
  }

  /** A document that declares schemes and asks for none of them is taken to mean any one. */
  private Stream<String> schemes() {
    JsonNode schemes =
        document.isSwagger()
            ? document.root().path("securityDefinitions")
            : document.root().path("components").path("securitySchemes");
    return schemes.properties().stream().map(Map.Entry::getKey);
  }
}
