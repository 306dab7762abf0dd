package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.WorkflowDocument;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.GetWorkflowRequest;
import dev.pawl.v1.Workflow;
import dev.pawl.v1.WorkflowReference;
import dev.pawl.v1.WorkflowServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description = "Prints one version of a stored workflow, as it was put.",
    footer = {"", "Example:", "  pawl workflow get web-tier@3 > workflow.yaml"})
final class WorkflowGetCommand extends BaseCommand {
  @Parameters(
      paramLabel = "NAME[@VERSION]",
      description = "The workflow's metadata.name; without a version, its latest.")
  String name = "";

  @Mixin final ServerChoice server = new ServerChoice();

  WorkflowGetCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    WorkflowReference reference = StoredName.parse(name);
    try (Session session = server.open(surroundings())) {
      Workflow workflow =
          WorkflowServiceGrpc.newBlockingStub(session.channel())
              .getWorkflow(
                  GetWorkflowRequest.newBuilder()
                      .setNamespace(server.namespace(surroundings()))
                      .setName(reference.getName())
                      .setVersion(reference.getVersion())
                      .build())
              .getWorkflow();
      output.answer(
          WorkflowDocument.json(workflow), workflow.getDefinition().getText().lines().toList());
    }
    return ExitCode.OK;
  }
}
