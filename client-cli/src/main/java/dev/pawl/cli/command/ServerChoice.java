package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.embedded.EmbeddedSession;
import dev.pawl.cli.embedded.ServerProcess;
import dev.pawl.cli.embedded.Wishes;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.remote.DirectSession;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.cli.remote.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that talks to a server. */
final class ServerChoice {
  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      order = 80,
      description =
          "The server to talk to; default: PAWL_SERVER, else the data directory's own, started if"
              + " need be.")
  @Nullable String server;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      order = 81,
      description = "The tenant; default: PAWL_NAMESPACE, else \"default\".")
  @Nullable String namespace;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      order = 82,
      description = "The embedded server's directory; default: PAWL_DATA_DIR, else ~/.pawl.")
  @Nullable Path dataDir;

  /** Connects; an embedded server is started if need be. */
  Session open(Surroundings surroundings, Wishes wishes) throws IOException, InterruptedException {
    Optional<String> address =
        Optional.ofNullable(server).or(() -> surroundings.variable("PAWL_SERVER"));
    if (address.isEmpty()) {
      Path directory = DataDirectories.choose(dataDir, surroundings);
      boolean isFirst = FirstStart.isAhead(directory);
      Session session = EmbeddedSession.open(directory, ServerProcess.ofThisBuild(), wishes);
      if (isFirst) {
        FirstStart.tell(session, surroundings);
      }
      return session;
    }
    if (!wishes.isEmpty()) {
      throw CliException.usage(
          "--connection, --sandbox and --allow-command configure the embedded server; the server at"
              + " "
              + address.get()
              + " has settings of its own: pass --connection and --allow-command to `pawl server`");
    }
    return new DirectSession(HostPort.parse(address.get()));
  }

  Session open(Surroundings surroundings) throws IOException, InterruptedException {
    return open(surroundings, Wishes.NONE);
  }

  String namespace(Surroundings surroundings) {
    return Optional.ofNullable(namespace)
        .or(() -> surroundings.variable("PAWL_NAMESPACE"))
        .orElse("default");
  }
}
