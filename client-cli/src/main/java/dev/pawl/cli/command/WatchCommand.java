package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.RunDocument.Origin;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    description = "Follows a run to its end, from its first event.",
    footer = {"", "Example:", "  pawl watch 01K…"})
final class WatchCommand extends BaseCommand {
  @Parameters(paramLabel = "RUN", description = "The run's id.")
  String run = "";

  @Mixin final ServerChoice server = new ServerChoice();

  WatchCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    try (Session session = server.open(surroundings())) {
      Run found =
          Run.newBuilder().setNamespace(server.namespace(surroundings())).setRunId(run).build();
      return new Following(surroundings(), output).toTheEnd(session, found, 0, Origin.STARTED);
    }
  }
}
