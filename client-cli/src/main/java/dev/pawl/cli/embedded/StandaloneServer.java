package dev.pawl.cli.embedded;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.hosting.HostedServer;
import dev.pawl.cli.hosting.Servers;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.server.config.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The server of {@code pawl server}: holds its data directory, and writes its address there so that
 * commands with the same directory find it.
 */
public final class StandaloneServer {
  /** As long as an embedded server without clients may need to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Servers servers;
  private final ServerOptions settings;

  public StandaloneServer(Servers servers, ServerOptions settings) {
    this.servers = servers;
    this.settings = settings;
  }

  /**
   * Serves until the process is told to stop.
   *
   * @param ready told of the server as soon as the server answers
   * @throws CliException FAILED_PRECONDITION if a living server holds the directory
   */
  public void run(Consumer<HostedServer> ready) throws IOException, InterruptedException {
    try (GracefulStop stop = new GracefulStop();
        Directory directory = directory();
        HostedServer server = servers.start(settings)) {
      stop.by(server::close);
      directory.announce(server.address());
      ready.accept(server);
      server.awaitTermination();
    }
  }

  private Directory directory() throws IOException, InterruptedException {
    Path dataDir = settings.dataDir();
    Optional<DirectoryLock> lock =
        DirectoryLock.take(dataDir, DirectoryLock.SERVER, patience(dataDir));
    // With a database of its own, each of several replicas may use the directory.
    if (lock.isEmpty() && settings.databaseUrl() == null) {
      throw locked(dataDir);
    }
    return new Directory(dataDir, lock);
  }

  private static Duration patience(Path dataDir) throws IOException {
    boolean holderStays =
        ServerFile.read(dataDir)
            .filter(holder -> holder.control().isEmpty())
            .flatMap(Attachment::to)
            .isPresent();
    return holderStays ? Duration.ZERO : PATIENCE;
  }

  private static CliException locked(Path dataDir) throws IOException {
    String holder =
        ServerFile.read(dataDir)
            .map(f -> "the server at %s (pid %d)".formatted(f.address(), f.pid()))
            .orElse("another server");
    return new CliException(
        Failure.of(
            "FAILED_PRECONDITION",
            "DATA_DIRECTORY_LOCKED",
            "%s is in use by %s: stop that one, or give another --data-dir"
                .formatted(dataDir, holder)));
  }

  private record Directory(Path dataDir, Optional<DirectoryLock> lock) implements AutoCloseable {
    void announce(HostPort address) throws IOException {
      if (lock.isPresent()) {
        new ServerFile(address, ProcessHandle.current().pid(), Optional.empty(), "").write(dataDir);
      }
    }

    @Override
    public void close() throws IOException {
      if (lock.isPresent()) {
        ServerFile.delete(dataDir);
        lock.get().close();
      }
    }
  }
}
