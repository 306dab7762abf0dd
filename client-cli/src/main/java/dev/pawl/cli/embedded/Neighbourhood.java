package dev.pawl.cli.embedded;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.hosting.HostedSandbox;
import dev.pawl.cli.hosting.HostedServer;
import dev.pawl.cli.hosting.SandboxSettings;
import dev.pawl.cli.hosting.Servers;
import dev.pawl.model.http.ConnectionSettings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The APIs around an embedded server: where they live, and the sandboxes that stand in for them.
 */
final class Neighbourhood implements AutoCloseable {
  private final Servers servers;
  private final HostedServer server;
  private final Path dataDir;
  private final Map<String, ConnectionSettings> connections = new HashMap<>();
  private final Map<String, HostedSandbox> sandboxes = new LinkedHashMap<>();

  Neighbourhood(Servers servers, HostedServer server, Path dataDir) {
    this.servers = servers;
    this.server = server;
    this.dataDir = dataDir;
  }

  /** Adds a connection; the same again is nothing new, another URL for a name is refused. */
  synchronized void connect(ConnectionSettings wanted) {
    ConnectionSettings present = connections.get(wanted.name());
    if (present != null && !present.baseUrl().equals(wanted.baseUrl())) {
      throw new CliException(
          Failure.of(
              "ALREADY_EXISTS",
              "CONNECTION_TAKEN",
              "the embedded server of %s already connects '%s' to %s, so not to %s as well: wait until its other commands have ended, or give another --data-dir"
                  .formatted(dataDir, wanted.name(), present.baseUrl(), wanted.baseUrl())));
    }
    connections.put(wanted.name(), wanted);
    server.connect(wanted);
  }

  /** Lets steps start these programs, until the server ends. */
  void allowCommands(Collection<String> names) {
    server.allowCommands(names);
  }

  /** Runs the sandbox of a document, unless it runs already, and connects it. */
  synchronized ConnectionSettings sandbox(String document) {
    HostedSandbox running = sandboxes.get(document);
    if (running == null) {
      running = servers.startSandbox(settings(document));
      sandboxes.put(document, running);
    }
    connect(running.connection());
    return running.connection();
  }

  private SandboxSettings settings(String document) {
    String name = SandboxSettings.embedded(document, dataDir).name();
    return SandboxSettings.embedded(document, dataDir.resolve("sandbox").resolve(name));
  }

  @Override
  public synchronized void close() {
    sandboxes.values().forEach(HostedSandbox::close);
  }
}
