package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.DataDocument;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.ImportResourceRequest;
import dev.pawl.v1.ImportResourceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Takes an object that exists at its API under a resource key: reads it by its id, stores it.",
      "A later create of this key verifies it instead of making one, and lists where it differs."
    },
    footer = {
      "",
      "Examples:",
      "  pawl data import digitalocean/droplet web-1 3164444",
      "  pawl data import acme/zone-record www 17 --argument zone=example.org"
    })
final class DataImportCommand extends BaseCommand {
  @Mixin final ResourceArguments resource = new ResourceArguments();

  @Parameters(
      index = "2",
      paramLabel = "ID",
      description = "The object's id at the API; parts of an id joined with ';'.")
  String id = "";

  @Option(
      names = "--argument",
      paramLabel = "NAME=VALUE",
      order = 11,
      description =
          "An argument of its create that is known, such as a parent; a value that is JSON is taken"
              + " as such. Repeatable.")
  List<String> arguments = new ArrayList<>();

  @Mixin final ConnectionOptions connections = new ConnectionOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  DataImportCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    ImportResourceRequest request =
        ImportResourceRequest.newBuilder()
            .setKey(resource.key(server.namespace(surroundings())))
            .setExternalId(id)
            .setArgumentsJson(NamedValues.json("--argument", arguments, Set.of()))
            .build();
    try (Session session = server.open(surroundings(), connections.wishes(surroundings()))) {
      ImportResourceResponse response =
          DataRepositoryServiceGrpc.newBlockingStub(session.channel()).importResource(request);
      List<String> lines = new ArrayList<>(DataDocument.lines(response.getData()));
      if (response.getAlreadyPresent()) {
        lines.addFirst("it was stored already, and nothing changed");
      }
      output.answer(
          Json.object(
              "data",
              DataDocument.json(response.getData()),
              "alreadyPresent",
              response.getAlreadyPresent()),
          lines);
    }
    return ExitCode.OK;
  }
}
