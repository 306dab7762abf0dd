package dev.pawl.codegen.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads every operation of a document. */
final class OperationReader {
  private static final Set<String> METHODS =
      Set.of("get", "post", "put", "patch", "delete", "head", "options");

  private final ApiDocument document;
  private final AnswerReader answers;

  OperationReader(ApiDocument document) {
    this.document = document;
    this.answers = new AnswerReader(document);
  }

  List<ApiOperation> readAll() {
    List<ApiOperation> out = new ArrayList<>();
    for (var entry : document.root().path("paths").properties()) {
      JsonNode item = document.resolve(entry.getValue());
      for (var operation : item.properties()) {
        if (METHODS.contains(operation.getKey()) && operation.getValue().isObject()) {
          out.add(read(operation.getKey(), entry.getKey(), item, operation.getValue()));
        }
      }
    }
    out.sort(
        Comparator.comparing((ApiOperation o) -> o.path().text()).thenComparing(o -> o.method()));
    return out;
  }

  private ApiOperation read(String method, String path, JsonNode item, JsonNode operation) {
    List<JsonNode> raw = parameters(item, operation);
    return new ApiOperation(
        method.toUpperCase(Locale.ROOT),
        new PathTemplate(path),
        plain(raw, new PathTemplate(path).parameters()),
        body(operation, raw),
        answers.read(operation),
        operation.path("operationId").asText(""),
        operation.path("summary").asText(""),
        operation.path("description").asText(""),
        document.servers().of(item, operation),
        operation.path("deprecated").asBoolean());
  }

  /** Sorted, so that their order in the document, which means nothing, decides nothing. */
  private List<JsonNode> parameters(JsonNode item, JsonNode operation) {
    Map<String, JsonNode> out = new TreeMap<>();
    for (JsonNode owner : List.of(item, operation)) {
      for (JsonNode parameter : owner.path("parameters")) {
        JsonNode resolved = document.resolve(parameter);
        out.put(resolved.path("in").asText() + " " + resolved.path("name").asText(), resolved);
      }
    }
    return new ArrayList<>(out.values());
  }

  /** What the path has and nobody declares is text; what is declared and not in it is nothing. */
  private List<Parameter> plain(List<JsonNode> raw, List<String> inPath) {
    List<Parameter> out = new ArrayList<>();
    Set<String> undeclared = new LinkedHashSet<>(inPath);
    for (JsonNode p : raw) {
      String in = p.path("in").asText();
      String name = p.path("name").asText();
      String spelt = in.equals("path") ? spelt(name, undeclared) : name;
      boolean known = Set.of("path", "query", "header").contains(in);
      if (!name.isEmpty() && known && (!in.equals("path") || undeclared.remove(spelt))) {
        boolean required = in.equals("path") || p.path("required").asBoolean();
        out.add(new Parameter(spelt, in, required, schemaOf(p), p.path("description").asText("")));
      }
    }
    JsonNode text = JsonNodeFactory.instance.objectNode().put("type", "string");
    undeclared.forEach(n -> out.add(new Parameter(n, "path", true, document.schema(text), "")));
    return out;
  }

  /** As the path spells it: {@code {+name}} is declared as {@code name}. */
  private static String spelt(String name, Set<String> inPath) {
    return !inPath.contains(name) && inPath.contains("+" + name) ? "+" + name : name;
  }

  private Schema schemaOf(JsonNode parameter) {
    if (parameter.has("schema")) {
      return document.schema(parameter.get("schema"));
    }
    for (JsonNode media : parameter.path("content")) {
      return document.schema(media.path("schema"));
    }
    return document.schema(parameter);
  }

  private Optional<RequestBody> body(JsonNode operation, List<JsonNode> raw) {
    if (document.isVersion2()) {
      return version2Body(operation, raw);
    }
    JsonNode body = document.resolve(operation.path("requestBody"));
    Optional<MediaTypes.Choice> choice = MediaTypes.choose(body.path("content"));
    return choice.map(
        c ->
            new RequestBody(
                c.kind(),
                document.schema(c.media().path("schema")),
                body.path("required").asBoolean()));
  }

  private Optional<RequestBody> version2Body(JsonNode operation, List<JsonNode> raw) {
    for (JsonNode p : raw) {
      if (p.path("in").asText().equals("body")) {
        return Optional.of(
            new RequestBody(
                RequestBody.Kind.JSON,
                document.schema(p.path("schema")),
                p.path("required").asBoolean()));
      }
    }
    List<JsonNode> fields =
        raw.stream().filter(p -> p.path("in").asText().equals("formData")).toList();
    return fields.isEmpty() ? Optional.empty() : Optional.of(form(operation, fields));
  }

  private RequestBody form(JsonNode operation, List<JsonNode> fields) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    RequestBody.Kind kind = RequestBody.Kind.FORM;
    for (JsonNode field : fields) {
      schema.withObjectProperty("properties").set(field.path("name").asText(), field);
      if (field.path("required").asBoolean()) {
        schema.withArrayProperty("required").add(field.path("name").asText());
      }
      if (field.path("type").asText().equals("file")) {
        kind = RequestBody.Kind.MULTIPART;
      }
    }
    for (JsonNode type : operation.path("consumes")) {
      if (type.asText().startsWith("multipart/") && operation.path("consumes").size() == 1) {
        kind = RequestBody.Kind.MULTIPART;
      }
    }
    return new RequestBody(kind, document.schema(schema), schema.has("required"));
  }
}
