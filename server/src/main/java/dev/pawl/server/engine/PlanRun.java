package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.RunView;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.run.Plan;
import jakarta.inject.Inject;
import java.time.Instant;

/** Says what a run would do, from what is stored and what APIs show; only reads. */
public final class PlanRun {
  private final CheckWorkflow check;
  private final FindWorkflow find;
  private final EngineParts parts;

  @Inject
  PlanRun(CheckWorkflow check, FindWorkflow find, EngineParts parts) {
    this.check = check;
    this.find = find;
    this.parts = parts;
  }

  /** A run to plan. */
  public record Command(String namespace, WorkflowSource workflow, ObjectNode inputs) {
    /** Of a definition that is sent along. */
    public Command(String namespace, String definition, String fileName, ObjectNode inputs) {
      this(namespace, new WorkflowSource.Inline(definition, fileName), inputs);
    }
  }

  /** Plans; refuses what StartRun would refuse. */
  public Plan run(Command command) throws InterruptedException {
    FindWorkflow.Found found = find.run(command.namespace(), command.workflow());
    ParsedWorkflow workflow = check.definition(found.fileName(), found.text());
    ObjectNode inputs = check.inputs(workflow, command.inputs());
    RunView view = new RunView("planned", 1, workflow.definition().name(), command.namespace());
    PlanSteps.Basis basis =
        new PlanSteps.Basis(view, workflow, inputs, 0, Instant.MAX, EarlierSteps.NONE, null);
    return new PlanSteps(basis, new StepEvaluator(workflow), parts).run();
  }
}
