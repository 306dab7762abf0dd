package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.command.WorkflowChoice.Chosen;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.PlanDocument;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.PlanRunRequest;
import dev.pawl.v1.PlanRunResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "plan",
    description = {
      "Says what a run would do, step by step, and why.",
      "Asks APIs by GET where a create would verify; sends no POST and stores nothing."
    },
    footer = {"", "Example:", "  pawl plan workflow.yaml --input region=ams3"})
final class PlanCommand extends BaseCommand {
  @Mixin final WorkflowChoice workflow = new WorkflowChoice();
  @Mixin final InputOptions inputs = new InputOptions();
  @Mixin final ConnectionOptions connections = new ConnectionOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  PlanCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    Chosen chosen = workflow.chosen();
    inputs.check();
    PlanRunRequest.Builder request =
        PlanRunRequest.newBuilder().setNamespace(server.namespace(surroundings()));
    switch (chosen) {
      case Chosen.InFile inFile -> request.setDefinition(inFile.definition());
      case Chosen.ByName byName -> request.setStoredWorkflow(byName.reference());
    }
    try (Session session = server.open(surroundings(), connections.wishes(surroundings()))) {
      String text = WorkflowChoice.text(chosen, session, request.getNamespace());
      request.setInputsJson(inputs.json(StringInputs.declared(text)));
      PlanRunResponse plan =
          ExecutionServiceGrpc.newBlockingStub(session.channel()).planRun(request.build());
      PlanDocument document = new PlanDocument(plan.getStepsList(), plan.getWarningsList());
      output.answer(document.json(), document.lines());
    }
    return ExitCode.OK;
  }
}
