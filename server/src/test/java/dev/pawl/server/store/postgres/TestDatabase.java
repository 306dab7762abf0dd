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
import java.util.Base64;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A migrated database of its own for a test class, on one real PostgreSQL per test JVM. Close it in
 * {@code @AfterAll}.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final DatabaseSettings settings;
  private final Database database;

  private TestDatabase(DatabaseSettings settings) {
    this.settings = settings;
    this.database = Database.open(settings);
  }

  public static TestDatabase create() {
    String name = "test_" + NUMBER.incrementAndGet();
    Server.SHARED.execute("create database " + name + " template pawl_migrated");
    return new TestDatabase(Server.SHARED.settings(name));
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

  public static IntentSealer sealer() {
    return IntentSealer.withKey(KEY);
  }

  @Override
  public void close() {
    database.close();
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
    }

    DatabaseSettings settings(String name) {
      String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name;
      return DatabaseSettings.of(url, postgres.user(), postgres.password());
    }

    void execute(String sql) {
      try (Connection connection =
              DriverManager.getConnection(
                  postgres.jdbcUrl(), postgres.user(), postgres.password());
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
