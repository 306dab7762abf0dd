package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.PlanDocument;
import dev.pawl.cli.output.RunDocument.Origin;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceBlockingStub;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.PlanRetryRequest;
import dev.pawl.v1.PlanRetryResponse;
import dev.pawl.v1.RetryOptions;
import dev.pawl.v1.RetryRunRequest;
import dev.pawl.v1.RetryRunResponse;
import dev.pawl.v1.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry",
    description = "Goes on with a run that failed: what succeeded is kept.",
    footer = {
      "",
      "Examples:",
      "  pawl retry 01K…",
      "  pawl retry 01K… --input vpc_cidr=10.20.0.0/20",
      "  pawl retry 01K… mended.yaml --plan",
      "  pawl retry 01K… --from vpc",
      "  pawl retry 01K… --step tag --step droplets[web-2]"
    })
final class RetryCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
  String run = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The mended workflow; default: as it was.")
  @Nullable Path file;

  @Mixin final InputOptions inputs = new InputOptions();

  @Option(
      names = "--from",
      paramLabel = "STEP",
      order = 11,
      description =
          "Also runs this step and everything downstream of it, besides what failed, never ran or"
              + " has changed.")
  String from = "";

  @Option(
      names = "--step",
      paramLabel = "STEP",
      order = 12,
      description =
          "Runs exactly this step, and what its recovery.dependsOn names; all else is left as it"
              + " is. STEP[KEY] is one iteration. Repeatable; not with --from.")
  List<String> steps = new ArrayList<>();

  @Option(
      names = "--recreate",
      order = 13,
      description = "Makes resources again that were deleted after the run started.")
  boolean recreate;

  @Option(
      names = "--plan",
      order = 14,
      description = "Says what it would do, step by step, and why; reads only, and does nothing.")
  boolean plan;

  @Mixin final IdempotencyOption idempotency = new IdempotencyOption();
  @Mixin final ConnectionOptions connections = new ConnectionOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  RetryCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    RetryOptions.Builder options =
        RetryOptions.newBuilder().setFromStep(from).addAllSteps(steps).setRecreate(recreate);
    if (file != null) {
      options.setDefinition(WorkflowFile.read(file));
    }
    if (!from.isEmpty() && !steps.isEmpty()) {
      throw CliException.usage("--from and --step do not go together: give one of them");
    }
    idempotency.checked();
    inputs.check();
    try (Session session = server.open(surroundings(), connections.wishes(surroundings()))) {
      ExecutionServiceBlockingStub stub = ExecutionServiceGrpc.newBlockingStub(session.channel());
      Run found = stub.getRun(find()).getRun();
      options.setInputsJson(inputs.json(StringInputs.present(found.getInputsJson())));
      return plan ? plan(stub, options, output) : retry(session, stub, found, options, output);
    }
  }

  private GetRunRequest find() {
    return GetRunRequest.newBuilder()
        .setNamespace(server.namespace(surroundings()))
        .setRunId(run)
        .build();
  }

  private ExitCode plan(
      ExecutionServiceBlockingStub stub, RetryOptions.Builder options, Output output) {
    PlanRetryResponse response =
        stub.planRetry(
            PlanRetryRequest.newBuilder()
                .setNamespace(server.namespace(surroundings()))
                .setRunId(run)
                .setOptions(options)
                .build());
    PlanDocument document = new PlanDocument(response.getStepsList(), response.getWarningsList());
    output.answer(document.json(), document.lines());
    return ExitCode.OK;
  }

  private ExitCode retry(
      Session session,
      ExecutionServiceBlockingStub stub,
      Run found,
      RetryOptions.Builder options,
      Output output)
      throws Exception {
    RetryRunRequest.Builder request =
        RetryRunRequest.newBuilder()
            .setNamespace(server.namespace(surroundings()))
            .setRunId(run)
            .setOptions(options);
    // With a key, a repeat must be the same request although the attempt has risen since.
    idempotency
        .checked()
        .ifPresentOrElse(
            request::setIdempotencyKey, () -> request.setExpectedAttempt(found.getAttempt()));
    RetryRunResponse retried = stub.retryRun(request.build());
    // Earlier attempts' events are old news.
    return new Following(surroundings(), output)
        .toTheEnd(
            session,
            retried.getRun(),
            found.getSequence(),
            retried.getReplayed() ? Origin.REPLAYED : Origin.STARTED);
  }
}
