package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Json;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.Map;

/** A definition with its compiled expressions and the place of everything in its file. */
public final class ParsedWorkflow {
  static final Path OUTPUTS = Path.ROOT.key("spec").key("outputs");

  private final WorkflowDefinition definition;
  private final SourceTree tree;
  private final Templates templates;
  private final Map<String, Path> steps;
  private final String fingerprint;

  ParsedWorkflow(
      WorkflowDefinition definition,
      SourceTree tree,
      Templates templates,
      Map<String, Path> steps) {
    this.definition = requireNonNull(definition, "definition");
    this.tree = tree;
    this.templates = templates;
    this.steps = Map.copyOf(steps);
    this.fingerprint = Json.fingerprint(definition.canonical());
  }

  public WorkflowDefinition definition() {
    return definition;
  }

  /** Hex SHA-256 of the canonical definition. */
  public String fingerprint() {
    return fingerprint;
  }

  SourceTree tree() {
    return tree;
  }

  Templates templates() {
    return templates;
  }

  /** Where the step stands in the file. */
  Path path(String stepId) {
    return requireNonNull(steps.get(stepId), () -> "no step '" + stepId + "' in this workflow");
  }
}
