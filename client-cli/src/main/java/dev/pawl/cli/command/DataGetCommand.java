package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.DataDocument;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.GetDataRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "get",
    description = "Shows the stored state of one resource. Asks no API.",
    footer = {"", "Example:", "  pawl data get digitalocean/droplet web-1"})
final class DataGetCommand extends BaseCommand {
  @Mixin final ResourceArguments resource = new ResourceArguments();
  @Mixin final ServerChoice server = new ServerChoice();

  DataGetCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    try (Session session = server.open(surroundings())) {
      Data data =
          DataRepositoryServiceGrpc.newBlockingStub(session.channel())
              .getData(
                  GetDataRequest.newBuilder()
                      .setKey(resource.key(server.namespace(surroundings())))
                      .build())
              .getData();
      output.answer(DataDocument.json(data), DataDocument.lines(data));
    }
    return ExitCode.OK;
  }
}
