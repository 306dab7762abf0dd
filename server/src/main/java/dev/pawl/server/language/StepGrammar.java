package dev.pawl.server.language;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.workflow.EngineSteps;
import dev.pawl.server.workflow.ForEach;
import dev.pawl.server.workflow.StepDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Reads one step. */
final class StepGrammar {
  private static final String MODEL = "[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*";

  private final Problems problems;
  private final StepExpressions expressions;
  private final Collection<String> stepIds;

  StepGrammar(Problems problems, StepExpressions expressions, Collection<String> stepIds) {
    this.problems = problems;
    this.expressions = expressions;
    this.stepIds = stepIds;
  }

  /**
   * @param id as already checked
   */
  StepDefinition read(Fields step, String id) {
    step.has("id");
    String name = step.text("name");
    String model = model(step);
    String method = required(step, "method", "name the model's method, such as create");
    String condition = condition(step);
    ForEach forEach = forEach(step);
    String instance = scalarText(step, "instance");
    ObjectNode with = map(step, "with");
    Map<String, JsonNode> outputs = outputs(step);
    SequencedSet<String> references =
        expressions.compile(step.path(), condition, forEach, instance, own(model, with), outputs);
    var definition =
        new StepDefinition(
            id,
            name,
            model,
            method,
            instance,
            with,
            step.flag("skipIfExists"),
            stepNames(step, "dependsOn"),
            references,
            condition,
            forEach,
            new RetryGrammar(problems).read(step.map("retry")),
            step.duration("timeout"),
            recovery(step.map("recovery")),
            step.flag("continueOnError"),
            step.flag("always"),
            new CreatePolicyGrammar(problems).read(step),
            outputs);
    step.close();
    return definition;
  }

  /** A child's definition is taken as it is written: its expressions are the child's. */
  private static ObjectNode own(String model, ObjectNode with) {
    return model.equals(EngineSteps.WORKFLOW) && with.path(EngineSteps.DEFINITION).isObject()
        ? with.deepCopy().without(EngineSteps.DEFINITION)
        : with;
  }

  private String model(Fields step) {
    String model = required(step, "model", "name a model type, such as digitalocean/droplet");
    if (!model.isEmpty() && !model.matches(MODEL)) {
      problems.at(
          step.path("model"), "'" + model + "' is not a model type; they look like api/thing");
      return "";
    }
    return model;
  }

  /** The text, or empty where it is missing or wrong, which later checks pass over. */
  private String required(Fields step, String field, String what) {
    String value = step.text(field);
    if (value == null && !step.has(field)) {
      step.missing(field, what);
    }
    return requireNonNullElse(value, "");
  }

  private @Nullable String condition(Fields step) {
    JsonNode value = step.any("if");
    if (value == null) {
      return null;
    }
    if (value.isBoolean()) {
      return "${{ " + value.asText() + " }}";
    }
    return step.text("if");
  }

  private @Nullable ForEach forEach(Fields step) {
    Fields fields = step.map("forEach");
    if (fields == null) {
      return null;
    }
    JsonNode in = fields.any("in");
    String key = scalarText(fields, "key");
    int concurrency = fields.integer("concurrency", 1, ForEach.MAX_ITERATIONS, 0);
    fields.close();
    if (in == null) {
      fields.missing("in", "the list or map whose items the step runs for");
      return null;
    }
    if (in.isValueNode() && !in.isTextual()) {
      problems.at(
          fields.path("in"), "must be a list, a map or an expression, is " + Words.kind(in));
      return null;
    }
    return new ForEach(in, key, concurrency);
  }

  /** A text; a bare number is taken for the text it is written as. */
  private static @Nullable String scalarText(Fields fields, String field) {
    JsonNode value = fields.any(field);
    return value != null && value.isIntegralNumber() ? value.asText() : fields.text(field);
  }

  private static ObjectNode map(Fields step, String field) {
    Fields map = step.map(field);
    return map == null ? Json.object() : map.all();
  }

  private static Map<String, JsonNode> outputs(Fields step) {
    var outputs = new LinkedHashMap<String, JsonNode>();
    map(step, "outputs").properties().forEach(e -> outputs.put(e.getKey(), e.getValue()));
    return outputs;
  }

  private SequencedSet<String> recovery(@Nullable Fields recovery) {
    if (recovery == null) {
      return new LinkedHashSet<>();
    }
    SequencedSet<String> names = stepNames(recovery, "dependsOn");
    recovery.close();
    return names;
  }

  private SequencedSet<String> stepNames(Fields fields, String field) {
    Map<String, Path> names = fields.texts(field);
    for (var name : names.entrySet()) {
      if (!stepIds.contains(name.getKey())) {
        problems.at(
            name.getValue(), "no step has the id '" + name.getKey() + "'", name.getKey(), stepIds);
      }
    }
    var known = new LinkedHashSet<>(names.keySet());
    known.retainAll(stepIds);
    return known;
  }
}
