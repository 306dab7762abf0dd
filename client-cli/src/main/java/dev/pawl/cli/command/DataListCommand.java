package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.DataDocument;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Names;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.Table;
import dev.pawl.cli.output.Times;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataState;
import dev.pawl.v1.ListDataRequest;
import dev.pawl.v1.ListDataResponse;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description = "Lists stored resources.",
    footer = {
      "",
      "Examples:",
      "  pawl data list digitalocean/droplet",
      "  pawl data list --state in_doubt"
    })
final class DataListCommand extends BaseCommand {
  /** Where a resource can stand. */
  enum State {
    ABSENT,
    CLAIMED,
    PRESENT,
    IN_DOUBT,
    DELETED
  }

  @Parameters(arity = "0..1", paramLabel = "TYPE", description = "Only this model type.")
  String type = "";

  @Option(
      names = "--instance-prefix",
      paramLabel = "PREFIX",
      order = 10,
      description = "Only instances that begin so.")
  String prefix = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      order = 11,
      description = "Only in this state: ${COMPLETION-CANDIDATES}. Repeatable.")
  List<State> states = new ArrayList<>();

  @Mixin final PageOptions page = new PageOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  DataListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    ListDataRequest.Builder request =
        ListDataRequest.newBuilder()
            .setNamespace(server.namespace(surroundings()))
            .setPageSize(page.size())
            .setPageToken(page.token)
            .setModelType(type)
            .setInstancePrefix(prefix);
    states.forEach(s -> request.addStates(DataState.valueOf("DATA_STATE_" + s.name())));
    try (Session session = server.open(surroundings())) {
      ListDataResponse response =
          DataRepositoryServiceGrpc.newBlockingStub(session.channel()).listData(request.build());
      output.answer(
          Json.object(
              "data",
              response.getDataList().stream().map(DataDocument::json).toList(),
              "nextPageToken",
              Json.orNull(response.getNextPageToken()),
              "installationId",
              Json.orNull(response.getInstallationId())),
          table(response));
    }
    return ExitCode.OK;
  }

  private static List<String> table(ListDataResponse response) {
    Table table = new Table("TYPE", "INSTANCE", "OUTPUT", "STATE", "VERSION", "ID", "VERIFIED");
    for (Data data : response.getDataList()) {
      table.row(
          data.getKey().getModelType(),
          data.getKey().getInstance(),
          data.getKey().getOutputSpec(),
          Names.of(data.getState()),
          String.valueOf(data.getVersion()),
          data.getExternalId(),
          Times.local(data.hasVerifyTime(), data.getVerifyTime()));
    }
    return table.lines(response.getNextPageToken());
  }
}
