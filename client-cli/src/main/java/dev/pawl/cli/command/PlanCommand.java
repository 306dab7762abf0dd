package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.PlanDocument;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.PlanRunRequest;
import dev.pawl.v1.PlanRunResponse;
import dev.pawl.v1.WorkflowDefinition;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description = {
      "Says what a run would do, step by step, and why.",
      "Asks APIs by GET where a create would verify; sends no POST and stores nothing."
    },
    footer = {"", "Example:", "  pawl plan workflow.yaml --input region=ams3"})
final class PlanCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE", description = "The workflow, YAML or JSON.")
  Path file = Path.of("");

  @Mixin final InputOptions inputs = new InputOptions();
  @Mixin final ConnectionOptions connections = new ConnectionOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  PlanCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    WorkflowDefinition definition = WorkflowFile.read(file);
    PlanRunRequest request =
        PlanRunRequest.newBuilder()
            .setNamespace(server.namespace(surroundings()))
            .setDefinition(definition)
            .setInputsJson(inputs.json(StringInputs.declared(definition.getText())))
            .build();
    try (Session session = server.open(surroundings(), connections.wishes(surroundings()))) {
      PlanRunResponse plan =
          ExecutionServiceGrpc.newBlockingStub(session.channel()).planRun(request);
      PlanDocument document = new PlanDocument(plan.getStepsList(), plan.getWarningsList());
      output.answer(document.json(), document.lines());
    }
    return ExitCode.OK;
  }
}
