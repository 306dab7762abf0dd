package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.run.Plan;
import jakarta.inject.Inject;

/** Says what a run would do, from what is stored; asks no API and sends nothing. */
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
  public Plan run(Command command) {
    ParsedWorkflow workflow = check.definition(command.fileName(), command.definition());
    ObjectNode inputs = check.inputs(workflow, command.inputs());
    return new PlanSteps(command.namespace(), workflow, inputs, 0, EarlierSteps.NONE, parts).run();
  }
}
