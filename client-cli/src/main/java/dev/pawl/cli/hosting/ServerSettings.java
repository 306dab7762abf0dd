package dev.pawl.cli.hosting;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How to start a server in this process.
 *
 * @param port 0 for any free one
 * @param listen the address to bind
 * @param databaseUrl a JDBC URL; without one the server brings its own PostgreSQL
 * @param dataDir where the server keeps what must survive
 * @param modelsDir jars with more models
 * @param connections where APIs live
 * @param configFile a file with more settings; options given here beat it
 */
public record ServerSettings(
    int port,
    String listen,
    Optional<String> databaseUrl,
    Path dataDir,
    Optional<Path> modelsDir,
    List<ApiConnection> connections,
    Optional<Path> configFile) {
  public static final String LOOPBACK = "127.0.0.1";

  public ServerSettings {
    requireNonNull(listen, "listen");
    requireNonNull(databaseUrl, "databaseUrl");
    requireNonNull(dataDir, "dataDir");
    requireNonNull(modelsDir, "modelsDir");
    connections = List.copyOf(connections);
    requireNonNull(configFile, "configFile");
  }

  /** The embedded server's: loopback, any port, its own database. */
  public static ServerSettings embedded(Path dataDir) {
    return new ServerSettings(
        0, LOOPBACK, Optional.empty(), dataDir, Optional.empty(), List.of(), Optional.empty());
  }
}
