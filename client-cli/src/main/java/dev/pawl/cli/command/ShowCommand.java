package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.OneAttempt;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.RunDocument;
import dev.pawl.cli.output.RunDocument.Origin;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.Run;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Shows a run as it stands now; the exit code is the run's.",
    footer = {"", "Example:", "  pawl show 01K… -o json", "  pawl show 01K… --attempt 1"})
final class ShowCommand extends BaseCommand {
  @Parameters(paramLabel = "RUN", description = "The run's id.")
  String run = "";

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "Shows it as that attempt left it; default: as it stands now.")
  @Nullable Integer attempt;

  @Mixin final ServerChoice server = new ServerChoice();

  ShowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    try (Session session = server.open(surroundings())) {
      Run found =
          ExecutionServiceGrpc.newBlockingStub(session.channel())
              .getRun(
                  GetRunRequest.newBuilder()
                      .setNamespace(server.namespace(surroundings()))
                      .setRunId(run)
                      .build())
              .getRun();
      Run shown = attempt == null ? found : OneAttempt.of(found, attempt);
      return new Following(surroundings(), output).answer(new RunDocument(shown, Origin.STARTED));
    }
  }
}
