package dev.pawl.server.language;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.server.workflow.InputDefinition;
import dev.pawl.server.workflow.RecoveryPolicy;
import dev.pawl.server.workflow.RecoveryPolicy.Strategy;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.StepGraph;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole workflow document, noting every problem and going on. */
final class WorkflowGrammar {
  private static final String NAME = "[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?";
  private static final String STEP_ID = "[A-Za-z_][A-Za-z0-9_-]{0,62}";
  private static final Map<String, Strategy> STRATEGIES = new LinkedHashMap<>();

  static {
    STRATEGIES.put("none", Strategy.NONE);
    STRATEGIES.put("restart", Strategy.RESTART);
    STRATEGIES.put("idempotent", Strategy.IDEMPOTENT);
  }

  private final Problems problems;
  private final Templates templates;
  private final Map<String, Path> stepPaths = new LinkedHashMap<>();

  WorkflowGrammar(Problems problems) {
    this.problems = problems;
    this.templates = new Templates(problems);
  }

  Problems problems() {
    return problems;
  }

  ParsedWorkflow read() {
    SourceTree tree = problems.tree();
    Fields root = Fields.of(problems, Path.ROOT, tree.root());
    constant(root, "apiVersion", WorkflowDefinition.API_VERSION);
    constant(root, "kind", WorkflowDefinition.KIND);
    Fields metadata = root.map("metadata");
    if (!root.has("metadata")) {
      root.missing("metadata", "name the workflow, as in metadata: {name: web-tier}");
    }
    String name = metadata == null ? "" : name(metadata);
    String description = metadata == null ? null : metadata.text("description");
    if (metadata != null) {
      metadata.close();
    }
    Fields spec = root.map("spec");
    if (!root.has("spec")) {
      root.missing("spec", "it holds the steps");
    }
    root.close();
    return new ParsedWorkflow(definition(name, description, spec), tree, templates, stepPaths);
  }

  private void constant(Fields root, String field, String wanted) {
    String value = root.text(field);
    if (value == null && !root.has(field)) {
      root.missing(field, "write " + field + ": " + wanted);
    } else if (value != null && !value.equals(wanted)) {
      problems.at(root.path(field), "must be " + wanted + ", is '" + Words.cut(value) + "'");
    }
  }

  private String name(Fields metadata) {
    String name = metadata.text("name");
    if (name == null && !metadata.has("name")) {
      metadata.missing("name", "name the workflow");
    } else if (name != null && !name.matches(NAME)) {
      problems.at(
          metadata.path("name"),
          "'" + Words.cut(name) + "' is not a name; use at most 63 of a-z, 0-9, - and _");
    }
    return requireNonNullElse(name, "");
  }

  private WorkflowDefinition definition(
      String name, @Nullable String description, @Nullable Fields given) {
    Fields spec = given == null ? Fields.of(problems, Path.ROOT.key("spec"), Json.object()) : given;
    Map<String, InputDefinition> inputs = new InputGrammar(problems).read(spec.map("inputs"));
    RecoveryPolicy recovery = recovery(spec.map("recovery"));
    var timeout = spec.duration("timeout");
    var totalTimeout = spec.duration("totalTimeout");
    boolean failFast = spec.flag("failFast");
    JsonNode steps = spec.any("steps");
    if (steps == null && given != null) {
      spec.missing("steps", "a workflow has at least one step");
    }
    findStepIds(steps);
    Symbols symbols = Symbols.of(inputs.values(), stepPaths.keySet());
    List<StepDefinition> read = steps(steps, symbols);
    Map<String, JsonNode> outputs = outputs(spec.map("outputs"), symbols);
    spec.close();
    cycles(read);
    return new WorkflowDefinition(
        name,
        WorkflowDefinition.API_VERSION,
        description,
        inputs,
        recovery,
        timeout,
        totalTimeout,
        failFast,
        read,
        outputs);
  }

  private RecoveryPolicy recovery(@Nullable Fields fields) {
    if (fields == null) {
      return RecoveryPolicy.DEFAULT;
    }
    Strategy strategy = fields.choice("strategy", STRATEGIES);
    int max = fields.integer("maxRecoveries", 0, 1000, RecoveryPolicy.DEFAULT.maxRecoveries());
    fields.close();
    return new RecoveryPolicy(requireNonNullElse(strategy, Strategy.NONE), max);
  }

  private void findStepIds(@Nullable JsonNode steps) {
    if (steps == null) {
      return;
    }
    Path path = Path.ROOT.key("spec").key("steps");
    if (!steps.isArray() || steps.isEmpty()) {
      problems.at(
          path,
          "must be a list of at least one step, is "
              + (steps.isArray() ? "empty" : Words.kind(steps)));
      return;
    }
    if (steps.size() > Limits.STEPS) {
      throw new LimitExceeded(
          "workflow steps",
          "the workflow has " + steps.size() + " steps; it may have " + Limits.STEPS);
    }
    for (int i = 0; i < steps.size(); i++) {
      findStepId(path.index(i), steps.get(i));
    }
  }

  private void findStepId(Path path, JsonNode step) {
    JsonNode id = step.get("id");
    if (!step.isObject()) {
      return;
    }
    if (id == null) {
      problems.atKey(path, "'id' is missing: give the step a name of its own");
    } else if (!id.isTextual() || !id.textValue().matches(STEP_ID)) {
      problems.at(
          path.key("id"),
          "a step's id is a letter or _, then at most 62 letters, digits, _ or -; this is "
              + Words.kind(id));
    } else if (stepPaths.containsKey(id.textValue())) {
      int line = problems.tree().value(stepPaths.get(id.textValue()).key("id")).line();
      problems.at(
          path.key("id"),
          "two steps have the id '" + id.textValue() + "'; the first is at line " + line);
    } else {
      stepPaths.put(id.textValue(), path);
    }
  }

  private List<StepDefinition> steps(@Nullable JsonNode steps, Symbols symbols) {
    var read = new ArrayList<StepDefinition>();
    if (steps == null || !steps.isArray()) {
      return read;
    }
    var grammar =
        new StepGrammar(
            problems, new StepExpressions(problems, templates, symbols), stepPaths.keySet());
    for (int i = 0; i < steps.size(); i++) {
      Path path = Path.ROOT.key("spec").key("steps").index(i);
      Fields fields = Fields.of(problems, path, steps.get(i));
      String id = steps.get(i).path("id").asText("");
      boolean known = path.equals(stepPaths.get(id));
      StepDefinition step = grammar.read(fields, known ? id : "step-" + i);
      if (known) {
        read.add(step);
      }
    }
    return read;
  }

  private Map<String, JsonNode> outputs(@Nullable Fields fields, Symbols symbols) {
    var outputs = new LinkedHashMap<String, JsonNode>();
    if (fields != null) {
      for (var entry : fields.all().properties()) {
        outputs.put(entry.getKey(), entry.getValue());
        templates.compileAll(fields.path(entry.getKey()), entry.getValue(), symbols);
      }
    }
    return outputs;
  }

  private void cycles(List<StepDefinition> steps) {
    for (List<String> cycle : StepGraph.of(steps).cycles()) {
      Path path = stepPaths.get(cycle.getFirst());
      problems.at(
          path == null ? Path.ROOT : path.key("id"),
          "steps wait for each other: " + String.join(" → ", cycle));
    }
  }
}
