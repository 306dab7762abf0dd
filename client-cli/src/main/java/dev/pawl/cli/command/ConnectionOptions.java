package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.embedded.Wishes;
import dev.pawl.model.Settings;
import dev.pawl.model.http.ConnectionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where APIs live and what may be started, of a command that runs steps. */
final class ConnectionOptions {
  @Option(
      names = "--connection",
      paramLabel = "NAME=URL[,token-env=VAR][,account=A][,param.NAME=VALUE]",
      order = 70,
      description =
          "Where an API lives (embedded server only); NAME is the model types' part before the"
              + " slash. Repeatable.")
  List<String> connections = new ArrayList<>();

  @Option(
      names = "--sandbox",
      paramLabel = "NAME|SPEC",
      order = 71,
      description =
          "Simulates an API, by name or from its OpenAPI document, and connects it (embedded server"
              + " only). Repeatable.")
  List<String> sandboxes = new ArrayList<>();

  @Mixin final AllowedCommands allowed = new AllowedCommands();

  Wishes wishes(Surroundings surroundings) {
    List<ConnectionSettings> parsed = ConnectionSpec.parseAll(connections, surroundings);
    return new Wishes(
        parsed,
        sandboxes.stream().map(ConnectionOptions::absolute).toList(),
        List.copyOf(allowed.with(Settings.NONE).commands()));
  }

  /** The server's working directory is another: a path must say all of it, a name stays. */
  private static String absolute(String sandbox) {
    Path path = Path.of(sandbox);
    return Files.isRegularFile(path) || sandbox.contains("/")
        ? path.toAbsolutePath().normalize().toString()
        : sandbox;
  }
}
