package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.Json;
import dev.pawl.model.Utf8;

/** Fills the expressions of a file's values in. */
final class Rendering {
  private final ParsedWorkflow workflow;

  Rendering(ParsedWorkflow workflow) {
    this.workflow = workflow;
  }

  /** The value with every expression in it replaced by what it gives. */
  JsonNode value(Path path, JsonNode value, Scope scope) throws EvaluationFailed {
    JsonNode filled = fill(path, value, scope);
    limited(path, filled);
    return filled;
  }

  /** Refuses what is larger than a value may be. */
  void limited(Path path, JsonNode value) {
    long bytes = Utf8.lengthOfJson(value);
    if (bytes > Limits.VALUE_BYTES) {
      throw new LimitExceeded(
          "value size",
          workflow.tree().file()
              + ": "
              + path
              + " comes to "
              + bytes
              + " bytes of JSON; the limit is "
              + Limits.VALUE_BYTES
              + " (1 MiB); pass less, or keep it in the workspace and pass its path");
    }
  }

  private JsonNode fill(Path path, JsonNode value, Scope scope) throws EvaluationFailed {
    if (value.isTextual()) {
      return text(path, value.textValue(), scope);
    }
    if (value.isArray()) {
      ArrayNode out = Json.mapper().createArrayNode();
      for (int i = 0; i < value.size(); i++) {
        out.add(fill(path.index(i), value.get(i), scope));
      }
      return out;
    }
    if (value.isObject()) {
      ObjectNode out = Json.object();
      for (var entry : value.properties()) {
        out.set(entry.getKey(), fill(path.key(entry.getKey()), entry.getValue(), scope));
      }
      return out;
    }
    return value;
  }

  /** What a text gives: itself where it holds no expression. */
  JsonNode text(Path path, String text, Scope scope) throws EvaluationFailed {
    Template template = workflow.templates().at(path);
    if (template == null) {
      return TextNode.valueOf(text);
    }
    if (template.isOneExpression()) {
      return evaluate(path, (Template.Compiled) template.parts().getFirst(), scope);
    }
    var joined = new StringBuilder();
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Literal literal -> joined.append(literal.text());
        case Template.Compiled compiled -> {
          JsonNode value = evaluate(path, compiled, scope);
          if (value.isNull()) {
            throw failed(path, compiled, 0, "null can't be part of a text");
          }
          joined.append(value.isValueNode() ? value.asText() : Json.write(value));
        }
      }
    }
    return TextNode.valueOf(joined.toString());
  }

  private JsonNode evaluate(Path path, Template.Compiled compiled, Scope scope)
      throws EvaluationFailed {
    try {
      return new Evaluation(scope).value(compiled.expression());
    } catch (NoValue e) {
      throw failed(path, compiled, e.offset(), String.valueOf(e.getMessage()));
    }
  }

  EvaluationFailed failed(Path path, String message) {
    return failure(workflow.tree().value(path), path, "", message);
  }

  private EvaluationFailed failed(
      Path path, Template.Compiled compiled, int offset, String message) {
    String source = compiled.expression().source();
    int first = source.length() - source.stripLeading().length();
    Place place = workflow.tree().inside(path, compiled.offset() + Math.max(offset, first));
    return failure(place, path, source.strip(), message);
  }

  private EvaluationFailed failure(Place place, Path path, String expression, String message) {
    String where = workflow.tree().file() + ":" + place.line() + ":" + place.column();
    return new EvaluationFailed(where, path.toString(), expression, message);
  }
}
