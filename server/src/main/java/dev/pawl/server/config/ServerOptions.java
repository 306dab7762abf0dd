package dev.pawl.server.config;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Settings;
import dev.pawl.model.Timing;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.schema.SqlProfile;
import dev.pawl.server.engine.EngineSettings;
import dev.pawl.server.files.FileLimits;
import dev.pawl.server.store.Idempotency;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to start a server.
 *
 * @param listen the address to bind; default loopback
 * @param port 0: any free one; default 7233
 * @param databaseUrl a JDBC URL of PostgreSQL 15 or newer; null: an embedded one in {@code dataDir}
 * @param dataDir holds the embedded database, and in {@code workspaces} the folders that runs work
 *     in, which are only caches of what is in the database
 * @param modelsDir jars of more models; null for none
 * @param connections where APIs live
 * @param timing the create protocol's times
 * @param heartbeat between two signs of life; default 5 s
 * @param recoverTasksTimeout silence after which an executor is taken for dead; default 30 s
 * @param recovery what becomes of the runs of the dead
 * @param maxRuns runs worked on at once; default 1,000
 * @param idempotencyRetention how long answers to idempotency keys are kept; default 90 days
 * @param settings what models may do on this machine; default nothing
 * @param workspaceLimit how many bytes of files a run may keep; default 256 MiB
 * @param intentKeyFile holds the key that seals requests, in Base64, the same on every server of a
 *     database; null: the database keeps it
 * @param runRetention how long runs are kept after their end; null: for ever, the default
 * @param sqlProfile what the database understands; default PostgreSQL's all
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
    Duration idempotencyRetention,
    Settings settings,
    long workspaceLimit,
    @Nullable Path intentKeyFile,
    @Nullable Duration runRetention,
    SqlProfile sqlProfile) {
  public static final int DEFAULT_PORT = 7233;
  public static final String LOOPBACK = "127.0.0.1";

  public ServerOptions {
    requireNonNull(listen, "listen");
    requireNonNull(dataDir, "dataDir");
    connections = List.copyOf(connections);
    requireNonNull(timing, "timing");
    requireNonNull(idempotencyRetention, "idempotencyRetention");
    requireNonNull(settings, "settings");
    requireNonNull(sqlProfile, "sqlProfile");
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
        Idempotency.RETENTION,
        Settings.NONE,
        FileLimits.BYTES,
        null,
        null,
        SqlProfile.standard());
  }

  public ServerOptions withAddress(String host, int number) {
    return with(
        o -> {
          o.listen = host;
          o.port = number;
        });
  }

  public ServerOptions withDatabaseUrl(@Nullable String url) {
    return with(o -> o.databaseUrl = url);
  }

  public ServerOptions withDataDir(Path dir) {
    return with(o -> o.dataDir = dir);
  }

  public ServerOptions withModelsDir(@Nullable Path dir) {
    return with(o -> o.modelsDir = dir);
  }

  public ServerOptions withConnections(List<ConnectionSettings> all) {
    return with(o -> o.connections = all);
  }

  public ServerOptions withTiming(Timing times) {
    return with(o -> o.timing = times);
  }

  public ServerOptions withRecovery(EngineSettings.Recovery how, Duration beat, Duration silence) {
    return with(
        o -> {
          o.recovery = how;
          o.heartbeat = beat;
          o.recoverTasksTimeout = silence;
        });
  }

  public ServerOptions withIdempotencyRetention(Duration retention) {
    return with(o -> o.idempotencyRetention = retention);
  }

  public ServerOptions withSettings(Settings allowed) {
    return with(o -> o.settings = allowed);
  }

  public ServerOptions withWorkspaceLimit(long bytes) {
    return with(o -> o.workspaceLimit = bytes);
  }

  public ServerOptions withIntentKeyFile(@Nullable Path file) {
    return with(o -> o.intentKeyFile = file);
  }

  public ServerOptions withRunRetention(@Nullable Duration retention) {
    return with(o -> o.runRetention = retention);
  }

  public ServerOptions withSqlProfile(SqlProfile profile) {
    return with(o -> o.sqlProfile = profile);
  }

  private ServerOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** The same options, to be changed before they are options again. */
  private static final class Draft {
    private final int maxRuns;
    private String listen;
    private int port;
    private @Nullable String databaseUrl;
    private Path dataDir;
    private @Nullable Path modelsDir;
    private List<ConnectionSettings> connections;
    private Timing timing;
    private Duration heartbeat;
    private Duration recoverTasksTimeout;
    private EngineSettings.Recovery recovery;
    private Duration idempotencyRetention;
    private Settings settings;
    private long workspaceLimit;
    private @Nullable Path intentKeyFile;
    private @Nullable Duration runRetention;
    private SqlProfile sqlProfile;

    Draft(ServerOptions of) {
      maxRuns = of.maxRuns;
      listen = of.listen;
      port = of.port;
      databaseUrl = of.databaseUrl;
      dataDir = of.dataDir;
      modelsDir = of.modelsDir;
      connections = of.connections;
      timing = of.timing;
      heartbeat = of.heartbeat;
      recoverTasksTimeout = of.recoverTasksTimeout;
      recovery = of.recovery;
      idempotencyRetention = of.idempotencyRetention;
      settings = of.settings;
      workspaceLimit = of.workspaceLimit;
      intentKeyFile = of.intentKeyFile;
      runRetention = of.runRetention;
      sqlProfile = of.sqlProfile;
    }

    ServerOptions options() {
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
          idempotencyRetention,
          settings,
          workspaceLimit,
          intentKeyFile,
          runRetention,
          sqlProfile);
    }
  }
}
