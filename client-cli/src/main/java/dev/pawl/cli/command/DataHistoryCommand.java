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
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataVersion;
import dev.pawl.v1.ListVersionsRequest;
import dev.pawl.v1.ListVersionsResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "history",
    description = "Lists the stored versions of one resource, newest first.",
    footer = {"", "Example:", "  pawl data history digitalocean/droplet web-1"})
final class DataHistoryCommand extends BaseCommand {
  @Mixin final ResourceArguments resource = new ResourceArguments();
  @Mixin final PageOptions page = new PageOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  DataHistoryCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    try (Session session = server.open(surroundings())) {
      ListVersionsResponse response =
          DataRepositoryServiceGrpc.newBlockingStub(session.channel())
              .listVersions(
                  ListVersionsRequest.newBuilder()
                      .setKey(resource.key(server.namespace(surroundings())))
                      .setPageSize(page.size())
                      .setPageToken(page.token)
                      .build());
      output.answer(
          Json.object(
              "versions",
              response.getVersionsList().stream().map(DataDocument::json).toList(),
              "nextPageToken",
              Json.orNull(response.getNextPageToken())),
          table(response));
    }
    return ExitCode.OK;
  }

  private static List<String> table(ListVersionsResponse response) {
    Table table = new Table("VERSION", "STATE", "ID", "STORED", "RUN", "STEP");
    for (DataVersion version : response.getVersionsList()) {
      table.row(
          String.valueOf(version.getVersion()),
          Names.of(version.getState()),
          version.getExternalId(),
          Times.local(version.hasCreateTime(), version.getCreateTime()),
          version.getRunId(),
          version.getStepId());
    }
    return table.lines(response.getNextPageToken());
  }
}
