package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.RunDocument;
import dev.pawl.cli.output.RunDocument.Origin;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.CancelRunRequest;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.Run;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    description = {
      "Interrupts a run. What was sent already is first written down as done or in doubt,",
      "so the run may go on for a while; this does not wait for its end."
    },
    footer = {
      "",
      "Examples:",
      "  pawl cancel 01K…",
      "  pawl cancel 01K… --reason \"wrong region\"",
      "",
      "A cancelled run can be retried. Repeating this is safe."
    })
final class CancelCommand extends BaseCommand {
  @Parameters(paramLabel = "RUN", description = "The run's id.")
  String run = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      order = 10,
      description = "Why, kept with the run; at most 1024 characters.")
  String reason = "";

  @Mixin final ServerChoice server = new ServerChoice();

  CancelCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    try (Session session = server.open(surroundings())) {
      Run asked =
          ExecutionServiceGrpc.newBlockingStub(session.channel())
              .cancelRun(
                  CancelRunRequest.newBuilder()
                      .setNamespace(server.namespace(surroundings()))
                      .setRunId(run)
                      .setReason(reason)
                      .build())
              .getRun();
      String line =
          RunDocument.hasEnded(asked.getStatus())
              ? "run " + run + " is cancelled"
              : "run " + run + " is asked to end; see how: pawl watch " + run;
      output.answer(new RunDocument(asked, Origin.STARTED).json(), List.of(line));
    }
    return ExitCode.OK;
  }
}
