package dev.pawl.server.config;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Timing;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.server.engine.EngineSettings;
import dev.pawl.server.files.FileLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to start a server.
 *
 * @param listen the address to bind; default loopback
 * @param port 0: any free one; default 7233
 * @param databaseUrl a JDBC URL of PostgreSQL 15 or newer; null: an embedded one in {@code dataDir}
 * @param dataDir holds the embedded database, the key that seals requests, and in {@code
 *     workspaces} the folders that runs work in, which are only caches of what is in the database
 * @param modelsDir jars of more models; null for none
 * @param connections where APIs live
 * @param timing the create protocol's times
 * @param heartbeat between two signs of life; default 5 s
 * @param recoverTasksTimeout silence after which an executor is taken for dead; default 30 s
 * @param recovery what becomes of the runs of the dead
 * @param maxRuns runs worked on at once; default 1,000
 * @param workspaceLimit how many bytes of files a run may keep; default 256 MiB
 */
public record ServerOptions(
    String listen,
    int port,
    @Nullable String databaseUrl,
    Path dataDir,
    @Nullable Path modelsDir,
    List<ConnectionSettings> connections,
    Timing timing,
    Duration heartbeat,
    Duration recoverTasksTimeout,
    EngineSettings.Recovery recovery,
    int maxRuns,
    long workspaceLimit) {
  public static final int DEFAULT_PORT = 7233;
  public static final String LOOPBACK = "127.0.0.1";

  public ServerOptions {
    requireNonNull(listen, "listen");
    requireNonNull(dataDir, "dataDir");
    connections = List.copyOf(connections);
    requireNonNull(timing, "timing");
    if (workspaceLimit < 0) {
      throw new IllegalArgumentException("workspaceLimit " + workspaceLimit + " is negative");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " must be 0 to 65535");
    }
  }

  /** The defaults, with an embedded database in a directory. */
  public static ServerOptions in(Path dataDir) {
    return new ServerOptions(
        LOOPBACK,
        DEFAULT_PORT,
        null,
        dataDir,
        null,
        List.of(),
        Timing.DEFAULT,
        EngineSettings.HEARTBEAT,
        EngineSettings.RECOVER_TASKS_TIMEOUT,
        EngineSettings.Recovery.BY_WORKFLOW,
        EngineSettings.MAX_RUNS,
        FileLimits.BYTES);
  }

  public ServerOptions withAddress(String host, int port) {
    return new ServerOptions(
        host,
        port,
        databaseUrl,
        dataDir,
        modelsDir,
        connections,
        timing,
        heartbeat,
        recoverTasksTimeout,
        recovery,
        maxRuns,
        workspaceLimit);
  }

  public ServerOptions withDatabaseUrl(@Nullable String url) {
    return new ServerOptions(
        listen,
        port,
        url,
        dataDir,
        modelsDir,
        connections,
        timing,
        heartbeat,
        recoverTasksTimeout,
        recovery,
        maxRuns,
        workspaceLimit);
  }

  public ServerOptions withDataDir(Path dir) {
    return new ServerOptions(
        listen,
        port,
        databaseUrl,
        dir,
        modelsDir,
        connections,
        timing,
        heartbeat,
        recoverTasksTimeout,
        recovery,
        maxRuns,
        workspaceLimit);
  }

  public ServerOptions withModelsDir(@Nullable Path dir) {
    return new ServerOptions(
        listen,
        port,
        databaseUrl,
        dataDir,
        dir,
        connections,
        timing,
        heartbeat,
        recoverTasksTimeout,
        recovery,
        maxRuns,
        workspaceLimit);
  }

  public ServerOptions withConnections(List<ConnectionSettings> all) {
    return new ServerOptions(
        listen,
        port,
        databaseUrl,
        dataDir,
        modelsDir,
        all,
        timing,
        heartbeat,
        recoverTasksTimeout,
        recovery,
        maxRuns,
        workspaceLimit);
  }

  public ServerOptions withTiming(Timing times) {
    return new ServerOptions(
        listen,
        port,
        databaseUrl,
        dataDir,
        modelsDir,
        connections,
        times,
        heartbeat,
        recoverTasksTimeout,
        recovery,
        maxRuns,
        workspaceLimit);
  }

  public ServerOptions withRecovery(EngineSettings.Recovery how, Duration beat, Duration silence) {
    return new ServerOptions(
        listen,
        port,
        databaseUrl,
        dataDir,
        modelsDir,
        connections,
        timing,
        beat,
        silence,
        how,
        maxRuns,
        workspaceLimit);
  }

  public ServerOptions withWorkspaceLimit(long bytes) {
    return new ServerOptions(
        listen,
        port,
        databaseUrl,
        dataDir,
        modelsDir,
        connections,
        timing,
        heartbeat,
        recoverTasksTimeout,
        recovery,
        maxRuns,
        bytes);
  }
}
