package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.RunDocument;
import dev.pawl.cli.output.RunDocument.Origin;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ApprovalDecision;
import dev.pawl.v1.DecideApprovalRequest;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "approve",
    description = {
      "Answers a step that waits for an approval, and shows the run as it stands then.",
      "The same answer again is safe; another one is refused."
    },
    footer = {
      "",
      "Examples:",
      "  pawl approve 01K… release --comment \"tests are green\"",
      "  pawl approve 01K… release --reject --comment \"not on a Friday\""
    })
final class ApproveCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
  String run = "";

  @Parameters(index = "1", paramLabel = "STEP", description = "The approval step's id.")
  String step = "";

  @Option(
      names = "--iteration",
      paramLabel = "KEY",
      order = 11,
      description = "Which iteration of a forEach; none without one.")
  String iteration = "";

  @Option(names = "--reject", order = 12, description = "Rejects: the step fails.")
  boolean reject;

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      order = 13,
      description = "Why; kept with the answer. At most 1024 characters.")
  String comment = "";

  @Mixin final ServerChoice server = new ServerChoice();

  ApproveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    try (Session session = server.open(surroundings())) {
      Run decided =
          ExecutionServiceGrpc.newBlockingStub(session.channel())
              .decideApproval(
                  DecideApprovalRequest.newBuilder()
                      .setNamespace(server.namespace(surroundings()))
                      .setRunId(run)
                      .setStepId(step)
                      .setIterationKey(iteration)
                      .setDecision(
                          reject
                              ? ApprovalDecision.APPROVAL_DECISION_REJECTED
                              : ApprovalDecision.APPROVAL_DECISION_APPROVED)
                      .setComment(comment)
                      .build())
              .getRun();
      RunDocument document = new RunDocument(decided, Origin.STARTED);
      new Following(surroundings(), output).answer(document);
      // The answer was taken, whatever becomes of the run.
      return ExitCode.OK;
    }
  }
}
