package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.CareDocument;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Names;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.RebuildDataRequest;
import dev.pawl.v1.RebuildDataResponse;
import dev.pawl.v1.RebuildResult;
import dev.pawl.v1.WorkflowDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rebuild",
    description = {
      "After a total loss of the database: finds at the APIs what the workflows had made, by the"
          + " markers of the lost installation, and stores it again. Sends nothing but GET.",
      "Each resource's outcome is told: FOUND (stored), ALREADY_STORED, ABSENT, AMBIGUOUS,"
          + " UNPROVEN, UNSUPPORTED or UNKNOWN. Objects are looked for up to the 16th of a key.",
      "Exits with 1 if any is AMBIGUOUS, UNPROVEN, UNSUPPORTED or UNKNOWN: those need you, see"
          + " docs/in-doubt.md. Until then, don't run their workflows."
    },
    footer = {
      "",
      "The installation id is what `pawl server` printed at its start, what its log says, and",
      "installationId in `pawl data list -o json` and `pawl data audit`.",
      "",
      "Example:",
      "  pawl data rebuild --from-provider --installation-id 4f5c… web-tier.yaml --input"
          + " region=ams3"
    })
final class DataRebuildCommand extends BaseCommand {
  private static final Set<RebuildResult> SETTLED =
      EnumSet.of(
          RebuildResult.REBUILD_RESULT_FOUND,
          RebuildResult.REBUILD_RESULT_ALREADY_STORED,
          RebuildResult.REBUILD_RESULT_ABSENT);

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "The workflows that made the resources.")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--installation-id",
      paramLabel = "ID",
      required = true,
      order = 8,
      description = "The lost installation's id.")
  String installationId = "";

  @Option(
      names = "--from-provider",
      order = 9,
      description = "From what the APIs show; there is no other source, so it may be left out.")
  boolean fromProvider;

  @Mixin final InputOptions inputs = new InputOptions();

  @Option(names = "--dry-run", order = 11, description = "Only say what would be stored.")
  boolean dryRun;

  @Mixin final ConnectionOptions connections = new ConnectionOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  DataRebuildCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    inputs.check();
    RebuildDataRequest.Builder request =
        RebuildDataRequest.newBuilder()
            .setNamespace(server.namespace(surroundings()))
            .setInstallationId(installationId)
            .setDryRun(dryRun);
    Set<String> strings = new HashSet<>();
    for (Path file : files) {
      WorkflowDefinition definition = WorkflowFile.read(file);
      strings.addAll(StringInputs.declared(definition.getText()));
      request.addDefinitions(definition);
    }
    request.setInputsJson(inputs.json(strings));
    List<RebuildDataResponse> found = new ArrayList<>();
    try (Session session = server.open(surroundings(), connections.wishes(surroundings()))) {
      Iterator<RebuildDataResponse> stream =
          DataRepositoryServiceGrpc.newBlockingStub(session.channel()).rebuildData(request.build());
      while (stream.hasNext()) {
        RebuildDataResponse one = stream.next();
        found.add(one);
        progress(found.size(), one);
      }
    }
    output.answer(
        Json.object("resources", found.stream().map(CareDocument::json).toList()),
        CareDocument.rebuilt(found));
    return found.stream().allMatch(one -> SETTLED.contains(one.getResult()))
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private void progress(int number, RebuildDataResponse one) {
    surroundings()
        .err()
        .println(
            number
                + ": "
                + one.getKey().getModelType()
                + " "
                + one.getKey().getInstance()
                + " "
                + Names.of(one.getResult()));
    surroundings().err().flush();
  }
}
