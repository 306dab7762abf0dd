package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.embedded.StandaloneServer;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.hosting.ServerSettings;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.remote.HostPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "server",
    description = "Runs the service. The port opens when it is ready.",
    footer = {
      "",
      "Examples:",
      "  pawl server",
      "  pawl server --connection digitalocean=https://api.example.com,token-env=DO_TOKEN",
      "  pawl server --listen 0.0.0.0 --database-url jdbc:postgresql://db/pawl"
    })
final class ServerCommand extends BaseCommand {
  private static final int MAX_PORT = 65535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      order = 10,
      description = "The gRPC port; 0 takes any free one. Default: 7233.")
  int port = 7233;

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      order = 11,
      description = "The address to listen on. Default: 127.0.0.1, this machine only.")
  String listen = ServerSettings.LOOPBACK;

  @Option(
      names = "--database-url",
      paramLabel = "jdbc:…",
      order = 12,
      description = "A PostgreSQL 15 or newer; default: one of its own in the data directory.")
  @Nullable String databaseUrl;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      order = 13,
      description = "What must survive; default: PAWL_DATA_DIR, else ~/.pawl.")
  @Nullable Path dataDir;

  @Option(
      names = "--models-dir",
      paramLabel = "DIR",
      order = 14,
      description = "Jars with more models; a type found here replaces the built-in one.")
  @Nullable Path modelsDir;

  @Option(names = "--config", paramLabel = "FILE", order = 15, description = "More settings, YAML.")
  @Nullable Path config;

  @Option(
      names = "--connection",
      paramLabel = "NAME=URL[,token-env=VAR][,account=A]",
      order = 16,
      description =
          "Where an API lives; NAME is the model types' part before the slash. Repeatable.")
  List<String> connections = new ArrayList<>();

  ServerCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    Logging.verbose();
    new StandaloneServer(surroundings().servers(), settings())
        .run(address -> ready(address, output));
    return ExitCode.OK;
  }

  private static void ready(HostPort address, Output output) {
    output.answer(
        Json.object("address", address.toString(), "pid", ProcessHandle.current().pid()),
        List.of("pawl listens on " + address));
  }

  private ServerSettings settings() {
    if (port < 0 || port > MAX_PORT) {
      throw CliException.usage("--port must be 0 to 65535, not " + port);
    }
    return new ServerSettings(
        port,
        listen,
        Optional.ofNullable(databaseUrl),
        DataDirectories.choose(dataDir, surroundings()),
        Optional.ofNullable(modelsDir),
        ConnectionSpec.parseAll(connections, surroundings()),
        Optional.ofNullable(config));
  }
}
