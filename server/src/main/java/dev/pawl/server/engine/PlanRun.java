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
  private final EngineParts parts;

  @Inject
  PlanRun(CheckWorkflow check, EngineParts parts) {
    this.check = check;
    this.parts = parts;
  }

  /** A run to plan. */
  public record Command(String namespace, String definition, String fileName, ObjectNode inputs) {}

  /** Plans; refuses what StartRun would refuse. */
  public Plan run(Command command) throws InterruptedException {
    ParsedWorkflow workflow = check.definition(command.fileName(), command.definition());
    ObjectNode inputs = check.inputs(workflow, command.inputs());
    RunView view = new RunView("planned", 1, workflow.definition().name(), command.namespace());
    PlanSteps.Basis basis =
        new PlanSteps.Basis(view, workflow, inputs, 0, Instant.MAX, EarlierSteps.NONE, null);
    return new PlanSteps(basis, new StepEvaluator(workflow), parts).run();
  }
}
