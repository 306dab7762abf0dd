package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.command.WorkflowChoice.Chosen;
import dev.pawl.cli.embedded.EmbeddedSession;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.RunDocument;
import dev.pawl.cli.output.RunDocument.Origin;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.OnExisting;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.StartRunResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = "Runs a workflow to its end, with live progress. Running it again is safe.",
    footer = {
      "",
      "Examples:",
      "  pawl run workflow.yaml --input region=ams3",
      "  pawl run workflow.yaml --sandbox digitalocean",
      "  pawl run workflow.yaml --connection"
          + " digitalocean=https://api.example.com,token-env=DO_TOKEN",
      "  pawl run --workflow web-tier@3 --input region=ams3",
      "  pawl run workflow.yaml --idempotency-key deploy-42 --on-existing retry-if-failed -o json"
    })
final class RunCommand extends BaseCommand {
  /** What to do when a run of the key exists. */
  enum Existing {
    ATTACH(OnExisting.ON_EXISTING_ATTACH),
    RETRY_IF_FAILED(OnExisting.ON_EXISTING_RETRY_IF_FAILED),
    FAIL(OnExisting.ON_EXISTING_FAIL);

    private final OnExisting message;

    Existing(OnExisting message) {
      this.message = message;
    }

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  @Mixin final WorkflowChoice workflow = new WorkflowChoice();
  @Mixin final InputOptions inputs = new InputOptions();
  @Mixin final IdempotencyOption idempotency = new IdempotencyOption();

  @Option(
      names = "--on-existing",
      paramLabel = "attach|retry-if-failed|fail",
      order = 21,
      description = "What to do when a run of the key exists. Default: attach.")
  @Nullable Existing onExisting;

  @Option(
      names = "--detach",
      order = 30,
      description =
          "Returns as soon as the run is accepted, and leaves the embedded server running.")
  boolean detach;

  @Mixin final ConnectionOptions connections = new ConnectionOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  RunCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    Chosen chosen = workflow.chosen();
    StartRunRequest.Builder asked = asked(chosen);
    inputs.check();
    try (Session session = server.open(surroundings(), connections.wishes(surroundings()))) {
      String text = WorkflowChoice.text(chosen, session, asked.getNamespace());
      StartRunRequest request =
          asked.setInputsJson(inputs.json(StringInputs.declared(text))).build();
      StartRunResponse started =
          ExecutionServiceGrpc.newBlockingStub(session.channel()).startRun(request);
      Origin origin = started.getReplayed() ? Origin.REPLAYED : Origin.STARTED;
      Following following = new Following(surroundings(), output);
      if (detach) {
        leaveRunning(session, output);
        return following.answer(new RunDocument(started.getRun(), origin));
      }
      return following.toTheEnd(session, started.getRun(), 0, origin);
    }
  }

  /** All but the inputs, whose types a stored workflow knows. */
  private StartRunRequest.Builder asked(Chosen chosen) {
    StartRunRequest.Builder request =
        StartRunRequest.newBuilder().setNamespace(server.namespace(surroundings()));
    switch (chosen) {
      case Chosen.InFile inFile -> request.setDefinition(inFile.definition());
      case Chosen.ByName byName -> request.setStoredWorkflow(byName.reference());
    }
    idempotency.checked().ifPresent(request::setIdempotencyKey);
    if (onExisting != null) {
      if (!request.hasIdempotencyKey()) {
        throw CliException.usage(
            "--on-existing speaks of the runs of an idempotency key: give --idempotency-key too");
      }
      request.setOnExisting(onExisting.message);
    }
    return request;
  }

  private static void leaveRunning(Session session, Output output) {
    if (session instanceof EmbeddedSession embedded) {
      embedded.keepRunning();
      output.progress(
          "%s stays; stop it with: kill %d".formatted(embedded.description(), embedded.pid()));
    }
  }
}
