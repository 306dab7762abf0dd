package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.workflow.ForEach;
import dev.pawl.server.workflow.StepDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Evaluates what a workflow's steps say, in a run. Safe for use by many threads at once. */
public final class StepEvaluator {
  private static final int LONGEST_INSTANCE = 255;

  private final ParsedWorkflow workflow;
  private final Rendering rendering;

  public StepEvaluator(ParsedWorkflow workflow) {
    this.workflow = workflow;
    this.rendering = new Rendering(workflow);
  }

  /**
   * Whether the step runs: its {@code if}, true where it has none. Evaluated once for a step,
   * before its forEach.
   */
  public boolean condition(StepDefinition step, Scope scope) throws EvaluationFailed {
    if (step.condition() == null) {
      return true;
    }
    Path path = workflow.path(step.id()).key("if");
    JsonNode value = rendering.text(path, step.condition(), scope);
    if (!value.isBoolean()) {
      throw rendering.failed(path, "must be true or false, is " + Words.kind(value));
    }
    return value.booleanValue();
  }

  /**
   * The step's arguments.
   *
   * @throws EvaluationFailed naming the expression that has no value
   * @throws LimitExceeded when they are larger than 1 MiB
   */
  public ObjectNode resolveWith(StepDefinition step, Scope scope) throws EvaluationFailed {
    Path path = workflow.path(step.id()).key("with");
    return (ObjectNode) rendering.value(path, step.arguments(), scope);
  }

  /** The instance's name; the step's id where the file gives none. */
  public String resolveInstance(StepDefinition step, Scope scope) throws EvaluationFailed {
    if (step.instance() == null) {
      return step.id();
    }
    Path path = workflow.path(step.id()).key("instance");
    JsonNode value = rendering.text(path, step.instance(), scope);
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      throw rendering.failed(path, "an instance's name must be a text, is " + Words.kind(value));
    }
    if (value.asText().length() > LONGEST_INSTANCE) {
      throw rendering.failed(
          path, "an instance's name may have " + LONGEST_INSTANCE + " characters");
    }
    if (!isPrintable(value.asText())) {
      throw rendering.failed(
          path, "an instance's name must not have control characters or half surrogate pairs");
    }
    return value.asText();
  }

  /** What is stored under a name must be found under it again. */
  private static boolean isPrintable(String name) {
    return name.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }

  /**
   * The step's iterations, in order, with unique keys. Only for a step with a forEach.
   *
   * @throws LimitExceeded when there are more than {@link ForEach#MAX_ITERATIONS}
   */
  public List<Iteration> iterations(StepDefinition step, Scope scope) throws EvaluationFailed {
    if (step.forEach() == null) {
      throw new IllegalArgumentException("step '" + step.id() + "' has no forEach");
    }
    return new Iterations(rendering, workflow.path(step.id()).key("forEach"))
        .of(step.forEach(), scope);
  }

  /** The output of a forEach: the iterations' outputs in their order. */
  public static ArrayNode gathered(List<JsonNode> outputs) {
    ArrayNode all = Json.mapper().createArrayNode();
    outputs.forEach(all::add);
    return all;
  }

  /** The step's output: its {@code outputs} over the method's own, or that where it has none. */
  public JsonNode stepOutput(StepDefinition step, Scope scope, JsonNode own)
      throws EvaluationFailed {
    if (step.outputs().isEmpty()) {
      return own;
    }
    Path path = workflow.path(step.id()).key("outputs");
    return entries(path, step.outputs(), scope.withOutput(own));
  }

  /** The run's {@code outputs}; empty where it names none. */
  public ObjectNode outputs(Scope scope) throws EvaluationFailed {
    return entries(ParsedWorkflow.OUTPUTS, workflow.definition().outputs(), scope);
  }

  private ObjectNode entries(Path path, Map<String, JsonNode> values, Scope scope)
      throws EvaluationFailed {
    ObjectNode out = Json.object();
    for (var entry : values.entrySet()) {
      out.set(entry.getKey(), rendering.value(path.key(entry.getKey()), entry.getValue(), scope));
    }
    rendering.limited(path, out);
    return out;
  }
}
