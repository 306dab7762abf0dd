package dev.pawl.server;

import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import dev.pawl.schema.Migrations;
import dev.pawl.server.api.GrpcServer;
import dev.pawl.server.config.ServerOptions;
import dev.pawl.server.engine.Engine;
import dev.pawl.server.engine.EngineSettings;
import dev.pawl.server.engine.EngineSettings.DatabaseUse;
import dev.pawl.server.files.FileLimits;
import dev.pawl.server.files.WorkspaceFolders;
import dev.pawl.server.models.Connections;
import dev.pawl.server.models.LoadModels;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.models.Permissions;
import dev.pawl.server.store.postgres.Database;
import dev.pawl.server.store.postgres.DatabaseSettings;
import dev.pawl.server.store.postgres.IntentSealer;
import dev.pawl.server.store.postgres.PostgresStore;
import dev.pawl.server.wiring.DaggerServerComponent;
import dev.pawl.server.wiring.ServerComponent;
import io.grpc.BindableService;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Pawl server: database, engine and gRPC port, started in this order and stopped in reverse. */
public final class PawlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PawlServer.class);
  private static final Duration CALLS = Duration.ofSeconds(2);
  private static final Duration RUNS = Duration.ofSeconds(5);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Connections connections;
  private final Permissions permissions;
  private final String installationId;
  private final Engine engine;
  private final GrpcServer grpc;
  private boolean closed;

  private PawlServer(ServerOptions options, List<BindableService> more) {
    try {
      ModelRegistry models = LoadModels.run(options.modelsDir());
      this.connections = own(new Connections(options.connections()));
      this.permissions = new Permissions(options.settings());
      Database database = own(Database.open(databaseSettings(options)));
      Migrations.apply(database.dataSource(), options.sqlProfile());
      PostgresStore store =
          new PostgresStore(database, IntentSealer.of(database, options.intentKeyFile()));
      this.installationId = store.data().installationId();
      WorkspaceFolders folders =
          own(
              WorkspaceFolders.in(
                  options.dataDir().resolve("workspaces"),
                  new FileLimits(options.workspaceLimit(), FileLimits.ENTRIES)));
      ServerComponent rooms =
          DaggerServerComponent.factory()
              .create(
                  settings(options),
                  store.runs(),
                  store.executors(),
                  store.data(),
                  store.keys(),
                  store.workflows(),
                  store.audit(),
                  store.checkpoints(),
                  store.workspaces(),
                  store.history(),
                  folders,
                  models,
                  connections,
                  permissions);
      this.engine = own(rooms.engine());
      engine.start();
      List<BindableService> services = new ArrayList<>(rooms.services());
      services.addAll(more);
      this.grpc =
          own(GrpcServer.start(options.listen(), options.port(), services, rooms.streams()));
      engine.watchHealth(grpc);
    } catch (RuntimeException e) {
      closeAll();
      throw e;
    }
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @param more services besides Pawl's own
   * @throws RuntimeException whose message is one plain sentence: port taken, data directory locked
   *     ({@link dev.pawl.postgres.DataDirectoryLocked}), database unreachable or too old, models
   *     that cannot be loaded
   */
  public static PawlServer start(ServerOptions options, List<BindableService> more) {
    long started = System.nanoTime();
    PawlServer server = new PawlServer(options, more);
    LOG.info(
        "installation id {}: keep it outside of the database, 'pawl data rebuild' needs it",
        server.installationId());
    LOG.info(
        "serving on {}:{} after {} ms",
        options.listen(),
        server.port(),
        (System.nanoTime() - started) / 1_000_000);
    return server;
  }

  private <T extends AutoCloseable> T own(T part) {
    opened.push(part);
    return part;
  }

  private DatabaseSettings databaseSettings(ServerOptions options) {
    if (options.databaseUrl() != null) {
      return DatabaseSettings.of(options.databaseUrl(), "", "").withProfile(options.sqlProfile());
    }
    EmbeddedPostgres postgres = own(EmbeddedPostgres.start(PostgresOptions.in(options.dataDir())));
    return DatabaseSettings.of(postgres.jdbcUrl(), postgres.user(), postgres.password())
        .withProfile(options.sqlProfile());
  }

  private static EngineSettings settings(ServerOptions options) {
    return new EngineSettings(
        "executor-" + UUID.randomUUID(),
        options.listen() + ":" + options.port(),
        options.timing(),
        options.heartbeat(),
        options.recoverTasksTimeout(),
        options.recovery(),
        options.maxRuns(),
        options.databaseUrl() == null ? DatabaseUse.EXCLUSIVE : DatabaseUse.SHARED,
        options.idempotencyRetention(),
        options.runRetention());
  }

  /** The id that RebuildData takes after a loss of the database. */
  public String installationId() {
    return installationId;
  }

  /** The port it listens on. */
  public int port() {
    return grpc.port();
  }

  /** Whether no run is under way, queued, or due to go on by itself. */
  public boolean isIdle() {
    return engine.isIdle();
  }

  /** Adds a connection for steps that start from now on. */
  public void connect(ConnectionSettings connection) {
    connections.add(connection);
  }

  /**
   * Allows models to start these programs, from now on.
   *
   * @throws IllegalArgumentException naming what is no name of a program
   */
  public void allowCommands(Collection<String> names) {
    permissions.allowCommands(names);
  }

  /** Waits until the server has been closed. */
  public void awaitTermination() throws InterruptedException {
    grpc.awaitEnd();
  }

  /** Takes no more work, gives what is under way a moment, and hands the rest over. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      grpc.drain(CALLS);
      engine.drain(RUNS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeAll();
  }

  private void closeAll() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        LOG.warn("while stopping: {}", e.getMessage());
      }
    }
  }
}
