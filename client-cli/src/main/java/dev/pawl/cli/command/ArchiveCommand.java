package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.RunDocument;
import dev.pawl.cli.output.RunDocument.Origin;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ArchiveRunRequest;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.Run;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "archive",
    description = {
      "Puts an ended run aside, for good: it leaves the lists and can't be retried any more.",
      "What it made is untouched."
    },
    footer = {"", "Example:", "  pawl archive 01K…", "", "pawl runs --archived still shows it."})
final class ArchiveCommand extends BaseCommand {
  @Parameters(paramLabel = "RUN", description = "The run's id.")
  String run = "";

  @Mixin final ServerChoice server = new ServerChoice();

  ArchiveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    try (Session session = server.open(surroundings())) {
      Run archived =
          ExecutionServiceGrpc.newBlockingStub(session.channel())
              .archiveRun(
                  ArchiveRunRequest.newBuilder()
                      .setNamespace(server.namespace(surroundings()))
                      .setRunId(run)
                      .build())
              .getRun();
      output.answer(
          new RunDocument(archived, Origin.STARTED).json(),
          List.of("run " + run + " is archived; its resources are as they were"));
    }
    return ExitCode.OK;
  }
}
