package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.Table;
import dev.pawl.cli.output.Times;
import dev.pawl.cli.output.WorkflowDocument;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ListWorkflowsRequest;
import dev.pawl.v1.ListWorkflowsResponse;
import dev.pawl.v1.Workflow;
import dev.pawl.v1.WorkflowServiceGrpc;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description = "Lists the latest version of each stored workflow, or every version of one.",
    footer = {"", "Examples:", "  pawl workflow list", "  pawl workflow list web-tier"})
final class WorkflowListCommand extends BaseCommand {
  private static final int SHOWN = 12;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Every version of the workflow with exactly this name, newest first.")
  String name = "";

  @Mixin final PageOptions page = new PageOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  WorkflowListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    ListWorkflowsRequest request =
        ListWorkflowsRequest.newBuilder()
            .setNamespace(server.namespace(surroundings()))
            .setName(name)
            .setPageSize(page.size())
            .setPageToken(page.token)
            .build();
    try (Session session = server.open(surroundings())) {
      ListWorkflowsResponse response =
          WorkflowServiceGrpc.newBlockingStub(session.channel()).listWorkflows(request);
      output.answer(
          Json.object(
              "workflows",
              response.getWorkflowsList().stream().map(WorkflowDocument::json).toList(),
              "nextPageToken",
              Json.orNull(response.getNextPageToken())),
          table(response));
    }
    return ExitCode.OK;
  }

  private static List<String> table(ListWorkflowsResponse response) {
    Table table = new Table("NAME", "VERSION", "STORED", "FINGERPRINT");
    for (Workflow workflow : response.getWorkflowsList()) {
      String fingerprint = workflow.getFingerprint();
      table.row(
          workflow.getName(),
          String.valueOf(workflow.getVersion()),
          Times.local(workflow.hasCreateTime(), workflow.getCreateTime()),
          fingerprint.substring(0, Math.min(SHOWN, fingerprint.length())));
    }
    return table.lines(response.getNextPageToken());
  }
}
