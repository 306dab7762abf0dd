package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.DataDocument;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DeleteDataRequest;
import dev.pawl.v1.DeleteDataResponse;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "delete",
    description = "Forgets the stored state of one resource. The object at the API lives on.",
    footer = {"", "Example:", "  pawl data delete digitalocean/droplet web-1"})
final class DataDeleteCommand extends BaseCommand {
  @Mixin final ResourceArguments resource = new ResourceArguments();
  @Mixin final ServerChoice server = new ServerChoice();

  DataDeleteCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    try (Session session = server.open(surroundings())) {
      DeleteDataResponse response =
          DataRepositoryServiceGrpc.newBlockingStub(session.channel())
              .deleteData(
                  DeleteDataRequest.newBuilder()
                      .setKey(resource.key(server.namespace(surroundings())))
                      .build());
      List<String> lines = new ArrayList<>(DataDocument.lines(response.getData()));
      lines.add(response.getNotice());
      output.answer(
          Json.object(
              "data", DataDocument.json(response.getData()), "notice", response.getNotice()),
          lines);
    }
    return ExitCode.OK;
  }
}
