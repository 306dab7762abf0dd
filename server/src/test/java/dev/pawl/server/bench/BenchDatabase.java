package dev.pawl.server.bench;

import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import dev.pawl.server.store.postgres.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** The database that the measured server writes to: PostgreSQL as Pawl embeds it, fsync on. */
final class BenchDatabase implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final DatabaseSettings settings;
  private final Connection connection;

  private BenchDatabase(EmbeddedPostgres postgres, DatabaseSettings settings) throws SQLException {
    this.postgres = postgres;
    this.settings = settings;
    this.connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  static BenchDatabase start(Path folder) throws SQLException {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(folder));
    return new BenchDatabase(
        postgres, DatabaseSettings.of(postgres.jdbcUrl(), postgres.user(), postgres.password()));
  }

  DatabaseSettings settings() {
    return settings;
  }

  /** Bytes of write-ahead log ever written. */
  long wal() throws SQLException {
    return number("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')", "");
  }

  /** Bytes of all tables and indexes. */
  long size() throws SQLException {
    return number("select pg_database_size(current_database())", "");
  }

  long rows(String run) throws SQLException {
    return number("select count(*) from run_event where run_id = ?", run)
        + number("select count(*) from step_execution where run_id = ?", run);
  }

  /** So that no run pays for the pages that those before it have dirtied. */
  void checkpoint() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("checkpoint")) {
      statement.execute();
    }
  }

  /** CPU of all of its processes; those that have ended are not in it. */
  Duration cpu() {
    return ProcessHandle.of(postgres.pid()).stream()
        .flatMap(
            first ->
                java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(first), first.descendants()))
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private long number(String sql, String argument) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (!argument.isEmpty()) {
        statement.setString(1, argument);
      }
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    postgres.close();
  }
}
