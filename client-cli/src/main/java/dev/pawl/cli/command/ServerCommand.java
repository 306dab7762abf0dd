package dev.pawl.cli.command;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.cli.Surroundings;
import dev.pawl.cli.embedded.StandaloneServer;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.hosting.HostedServer;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.schema.SqlProfile;
import dev.pawl.server.config.ConfigException;
import dev.pawl.server.config.ReadConfig;
import dev.pawl.server.config.ServerOptions;
import dev.pawl.server.language.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Nullable Integer port;

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      order = 11,
      description = "The address to listen on. Default: 127.0.0.1, this machine only.")
  @Nullable String listen;

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

  @Option(
      names = "--config",
      paramLabel = "FILE",
      order = 15,
      description = "More settings, YAML: see docs/configuration.md.")
  @Nullable Path config;

  @Option(
      names = "--connection",
      paramLabel = "NAME=URL[,token-env=VAR][,account=A][,param.NAME=VALUE]",
      order = 16,
      description =
          "Where an API lives; NAME is the model types' part before the slash. Repeatable.")
  List<String> connections = new ArrayList<>();

  @Option(
      names = "--run-retention",
      paramLabel = "TIME",
      order = 17,
      description =
          "How long runs are kept after their end, as 365d; then they are removed with their"
              + " history. Default: for ever.")
  @Nullable String runRetention;

  @Option(
      names = "--sql-profile",
      paramLabel = "postgresql|portable",
      order = 18,
      description =
          "portable: for databases that only resemble PostgreSQL; no SKIP LOCKED, no advisory"
              + " locks, no partitions. Chosen once, with the database. Default: postgresql.")
  @Nullable String sqlProfile;

  @Mixin final AllowedCommands allowed = new AllowedCommands();

  ServerCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    Logging.verbose();
    new StandaloneServer(surroundings().servers(), options())
        .run(started -> ready(started, output));
    return ExitCode.OK;
  }

  private static void ready(HostedServer started, Output output) {
    output.answer(
        Json.object(
            "address",
            started.address().toString(),
            "pid",
            ProcessHandle.current().pid(),
            "installationId",
            started.installationId()),
        List.of(
            "installation id: "
                + started.installationId()
                + " (keep it outside of the database: `pawl data rebuild` needs it after a loss)",
            "pawl listens on " + started.address()));
  }

  /** What is given here beats the file, and the file beats the defaults. */
  private ServerOptions options() {
    ServerOptions options = ServerOptions.in(DataDirectories.choose(dataDir, surroundings()));
    if (config != null) {
      options = configured(options, config);
    }
    if (dataDir != null) {
      options = options.withDataDir(DataDirectories.choose(dataDir, surroundings()));
    }
    options =
        options.withAddress(
            listen == null ? options.listen() : listen, port == null ? options.port() : port(port));
    if (databaseUrl != null) {
      options = options.withDatabaseUrl(postgres(databaseUrl));
    }
    if (modelsDir != null) {
      options = options.withModelsDir(modelsDir);
    }
    if (runRetention != null) {
      options = options.withRunRetention(retention(runRetention));
    }
    if (sqlProfile != null) {
      options = options.withSqlProfile(profile(sqlProfile));
    }
    return options
        .withConnections(connected(options.connections()))
        .withSettings(allowed.with(options.settings()));
  }

  /** A connection given here replaces the file's of that name. */
  private List<ConnectionSettings> connected(List<ConnectionSettings> configured) {
    List<ConnectionSettings> given = ConnectionSpec.parseAll(connections, surroundings());
    List<ConnectionSettings> all = new ArrayList<>(configured);
    all.removeIf(old -> given.stream().anyMatch(g -> g.name().equals(old.name())));
    all.addAll(given);
    return all;
  }

  private ServerOptions configured(ServerOptions options, Path file) {
    try {
      return ReadConfig.run(file, options, variable -> surroundings().environment().get(variable));
    } catch (ConfigException e) {
      throw new CliException(
          Failure.of("INVALID_ARGUMENT", "INVALID_CONFIG", String.valueOf(e.getMessage())), e);
    }
  }

  private static String postgres(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw CliException.usage(
          "--database-url must begin with jdbc:postgresql:, as in"
              + " jdbc:postgresql://localhost:5432/pawl");
    }
    return url;
  }

  private static Duration retention(String text) {
    try {
      return Durations.parse(TextNode.valueOf(text));
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--run-retention: " + e.getMessage());
    }
  }

  private static SqlProfile profile(String word) {
    try {
      return SqlProfile.of(word);
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--sql-profile " + e.getMessage());
    }
  }

  private static int port(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw CliException.usage("--port must be 0 to 65535, not " + port);
    }
    return port;
  }
}
