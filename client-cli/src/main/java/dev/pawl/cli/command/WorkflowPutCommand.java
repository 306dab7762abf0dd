package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.WorkflowDocument;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.PutWorkflowRequest;
import dev.pawl.v1.PutWorkflowResponse;
import dev.pawl.v1.Workflow;
import dev.pawl.v1.WorkflowServiceGrpc;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "put",
    description =
        "Stores a workflow under its metadata.name. One that equals the latest version stores"
            + " nothing.",
    footer = {
      "",
      "Examples:",
      "  pawl workflow put workflow.yaml",
      "  pawl workflow put workflow.yaml --expected-version 3 --idempotency-key push-42"
    })
final class WorkflowPutCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE", description = "The workflow, YAML or JSON.")
  Path file = Path.of("");

  @Mixin final IdempotencyOption idempotency = new IdempotencyOption();

  @Option(
      names = "--expected-version",
      paramLabel = "N",
      order = 21,
      description = "Refused unless this is the latest version; 0: the name must be new.")
  @Nullable Integer expectedVersion;

  @Mixin final ServerChoice server = new ServerChoice();

  WorkflowPutCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    PutWorkflowRequest request = request();
    try (Session session = server.open(surroundings())) {
      PutWorkflowResponse put =
          WorkflowServiceGrpc.newBlockingStub(session.channel()).putWorkflow(request);
      Workflow workflow = put.getWorkflow();
      Map<String, @Nullable Object> document = WorkflowDocument.json(workflow);
      document.put("replayed", put.getReplayed());
      output.answer(
          document,
          List.of(
              "workflow %s is at version %d%s"
                  .formatted(
                      workflow.getName(),
                      workflow.getVersion(),
                      put.getReplayed() ? " (stored by an earlier call with this key)" : "")));
    }
    return ExitCode.OK;
  }

  private PutWorkflowRequest request() {
    PutWorkflowRequest.Builder request =
        PutWorkflowRequest.newBuilder()
            .setNamespace(server.namespace(surroundings()))
            .setDefinition(WorkflowFile.read(file));
    idempotency.checked().ifPresent(request::setIdempotencyKey);
    if (expectedVersion != null) {
      if (expectedVersion < 0) {
        throw CliException.usage("--expected-version must be 0 or more, not " + expectedVersion);
      }
      request.setExpectedVersion(expectedVersion);
    }
    return request.build();
  }
}
