package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.Suggestion;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.Selection;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.WorkflowDefinition;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Works out what a retry runs: the run's definition and inputs with what the caller mended. */
final class MendRun {
  private final CheckWorkflow check;

  @Inject
  MendRun(CheckWorkflow check) {
    this.check = check;
  }

  /** What the next attempt runs. */
  record Mended(ParsedWorkflow workflow, String definition, String fileName, ObjectNode inputs) {}

  /**
   * Checks and merges.
   *
   * @throws ServerFailure INVALID_WORKFLOW, INVALID_INPUTS, STEP_NOT_FOUND, INVALID_FIELD
   */
  Mended run(RunRecord run, RetryRun.Command command) {
    String definition = command.definition() == null ? run.definition() : command.definition();
    String file = command.definition() == null ? run.definitionFile() : command.fileName();
    ParsedWorkflow workflow = check.definition(file, definition);
    if (!workflow.definition().name().equals(run.workflowName())) {
      throw ServerFailure.invalidField(
          "options.definition",
          "is workflow "
              + workflow.definition().name()
              + ", but run "
              + run.key().runId()
              + " is of "
              + run.workflowName()
              + "; start a new run for another workflow");
    }
    refuseUnknown(workflow.definition(), command.selection());
    return new Mended(workflow, definition, file, check.inputs(workflow, inputs(run, command)));
  }

  private static ObjectNode inputs(RunRecord run, RetryRun.Command command) {
    ObjectNode inputs = run.inputs().deepCopy();
    command
        .inputChanges()
        .properties()
        .forEach(
            e -> {
              if (e.getValue().isNull()) {
                inputs.remove(e.getKey());
              } else {
                inputs.set(e.getKey(), e.getValue());
              }
            });
    return inputs;
  }

  private static void refuseUnknown(WorkflowDefinition workflow, Selection selection) {
    if (selection.fromStep() != null) {
      find(workflow, "options.from_step", selection.fromStep());
    }
    for (String named : selection.steps()) {
      StepDefinition step = find(workflow, "options.steps", Selection.stepOf(named));
      if (!named.equals(step.id()) && step.forEach() == null) {
        throw notFound(
            "options.steps", "step " + step.id() + " has no iterations; name it as it is", "");
      }
    }
  }

  /**
   * The step of this id.
   *
   * @throws ServerFailure STEP_NOT_FOUND with a near miss
   */
  static StepDefinition find(WorkflowDefinition workflow, String field, String id) {
    Optional<StepDefinition> found = workflow.step(id);
    if (found.isPresent()) {
      return found.get();
    }
    List<String> ids = workflow.steps().stream().map(StepDefinition::id).toList();
    Optional<String> near = Suggestion.nearest(id, ids);
    throw notFound(
        field,
        "workflow "
            + workflow.name()
            + " has no step "
            + id
            + near.map(n -> "; did you mean " + n + "?")
                .orElse("; it has " + String.join(", ", ids)),
        near.orElse(""));
  }

  /** A step, or an iteration of one, that is not there. */
  static ServerFailure notFound(String field, String message, String suggestion) {
    return new ServerFailure(
        Code.NOT_FOUND,
        "STEP_NOT_FOUND",
        message,
        List.of(new ServerFailure.Violation(field, message, suggestion)));
  }
}
