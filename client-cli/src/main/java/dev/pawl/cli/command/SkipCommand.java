package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.RunDocument;
import dev.pawl.cli.output.RunDocument.Origin;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.Run;
import dev.pawl.v1.SkipStepRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "skip",
    description = {
      "Lets a step of an ended run count as succeeded from the next retry on, with an output that",
      "you give. Who said so and why is kept, and shown with the run."
    },
    footer = {
      "",
      "Examples:",
      "  pawl skip 01K… notify --reason \"told them by phone\"",
      "  pawl skip 01K… vpc --output '{\"id\": \"vpc-7\"}' --reason \"made by hand\"",
      "  pawl skip 01K… droplets --iteration web-2 --reason \"one is enough\"",
      "",
      "A retry that names the step (--from, --step) takes it back."
    })
final class SkipCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
  String run = "";

  @Parameters(index = "1", paramLabel = "STEP", description = "The step's id.")
  String step = "";

  @Option(
      names = "--iteration",
      paramLabel = "KEY",
      order = 10,
      description = "One iteration of a forEach; default: the whole step.")
  String iteration = "";

  @Option(
      names = "--output-json",
      paramLabel = "JSON",
      order = 11,
      description = "What the steps after it get as its output. Default: null.")
  String outputJson = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      order = 12,
      description = "Why, kept in the audit; at most 1024 characters. Required.")
  String reason = "";

  @Mixin final ServerChoice server = new ServerChoice();

  SkipCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    try (Session session = server.open(surroundings())) {
      Run found =
          ExecutionServiceGrpc.newBlockingStub(session.channel())
              .skipStep(
                  SkipStepRequest.newBuilder()
                      .setNamespace(server.namespace(surroundings()))
                      .setRunId(run)
                      .setStepId(step)
                      .setIterationKey(iteration)
                      .setOutputJson(outputJson)
                      .setReason(reason)
                      .build())
              .getRun();
      String name = iteration.isEmpty() ? step : step + "[" + iteration + "]";
      output.answer(
          new RunDocument(found, Origin.STARTED).json(),
          List.of(
              "step " + name + " counts as succeeded from the next retry on: pawl retry " + run));
    }
    return ExitCode.OK;
  }
}
