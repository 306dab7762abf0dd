package dev.pawl.server.store.postgres;

import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import dev.pawl.schema.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A migrated database of its own for a test class, on one real PostgreSQL per test JVM. Close it in
 * {@code @AfterAll}.
 */
public final class TestDatabase implements AutoCloseable {
  /** A now() of our own, found before PostgreSQL's. */
  private static final String CLOCK =
      """
      create schema clock;
      create table clock.ahead (by interval not null);
      insert into clock.ahead values (interval '0');
      create function clock.now() returns timestamptz stable language sql
        as 'select pg_catalog.now() + (select by from clock.ahead)';
      """;

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final String name;
  private final DatabaseSettings settings;
  private final Database database;

  private TestDatabase(String name, DatabaseSettings settings) {
    this.name = name;
    this.settings = settings;
    this.database = Database.open(settings);
  }

  public static TestDatabase create() {
    String name = "test_" + NUMBER.incrementAndGet();
    Server.SHARED.execute("create database " + name + " template pawl_migrated");
    Server.SHARED.execute(
        "alter database " + name + " set search_path = clock, pg_catalog, public");
    return new TestDatabase(name, Server.SHARED.settings(name));
  }

  public Database database() {
    return database;
  }

  /** To open further pools on the same database. */
  public DatabaseSettings settings() {
    return settings;
  }

  public PostgresStore store() {
    return new PostgresStore(database, sealer());
  }

  /** Moves the database's clock, for every connection to it. */
  public void advance(Duration by) {
    database.write(
        sql ->
            sql.execute(
                "update clock.ahead set by = by + ? * interval '1 microsecond'",
                TimeUnit.MICROSECONDS.convert(by)));
  }

  /** Moves the clock, and every executor's last sign of life with it: nobody seems dead. */
  public void timePasses(Duration by) {
    long micros = TimeUnit.MICROSECONDS.convert(by);
    database.write(
        sql ->
            sql.execute(
                "with moved as (update clock.ahead set by = by + ? * interval '1 microsecond')"
                    + " update executor"
                    + " set heartbeat_at = heartbeat_at + ? * interval '1 microsecond'",
                micros,
                micros));
  }

  /** What was audited, in order: {@code actor ACTION subject}. */
  public List<String> audit() {
    return database.read(
        sql ->
            sql.fetch("select actor, action, subject from audit_event order by id")
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2)));
  }

  /** How many rows a table has. */
  public int count(String table) {
    return database.read(sql -> sql.fetchCount(org.jooq.impl.DSL.table(table)));
  }

  /** A JSON text as it is read back. */
  public String asJsonb(String json) {
    return database.read(
        sql -> sql.fetchSingle("select (?::text)::jsonb::text", json).get(0, String.class));
  }

  /** Whether two JSON texts are the same value. */
  public boolean areEqual(String one, String two) {
    return database.read(
        sql ->
            sql.fetchSingle("select (?::text)::jsonb = (?::text)::jsonb", one, two)
                .get(0, Boolean.class));
  }

  /** What no store would do. */
  public void execute(String statement) {
    database.write(sql -> sql.execute(statement));
  }

  public static IntentSealer sealer() {
    return IntentSealer.withKey(KEY);
  }

  /** Drops it too: what many classes leave behind would all be written down at the server's end. */
  @Override
  public void close() {
    database.close();
    Server.SHARED.execute("drop database " + name + " with (force)");
  }

  /** Started by the first test that needs it, stopped with the JVM. */
  private static final class Server {
    static final Server SHARED = new Server();

    private final EmbeddedPostgres postgres;

    Server() {
      Path directory = temporary();
      postgres = EmbeddedPostgres.start(PostgresOptions.in(directory).withMaxConnections(300));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    postgres.close();
                    delete(directory);
                  }));
      execute("create database pawl_migrated");
      try (Database database = Database.open(settings("pawl_migrated"))) {
        Migrations.apply(database.dataSource());
      }
      execute(settings("pawl_migrated"), CLOCK);
    }

    DatabaseSettings settings(String name) {
      String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name;
      return DatabaseSettings.of(url, postgres.user(), postgres.password());
    }

    void execute(String sql) {
      execute(settings("postgres"), sql);
    }

    private static void execute(DatabaseSettings where, String sql) {
      try (Connection connection =
              DriverManager.getConnection(where.url(), where.user(), where.password());
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Path temporary() {
      try {
        return Files.createTempDirectory("pawl-test-database");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path directory) {
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
