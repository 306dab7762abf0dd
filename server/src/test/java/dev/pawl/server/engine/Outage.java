package dev.pawl.server.engine;

import dev.pawl.server.store.postgres.DatabaseSettings;
import dev.pawl.server.store.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends every connection to a database, over and over, until it is closed. */
final class Outage implements AutoCloseable {
  private static final String END =
      "select count(pg_terminate_backend(pid)) from pg_stat_activity"
          + " where datname = current_database() and pid <> pg_backend_pid()";

  private final Connection connection;
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicInteger broken = new AtomicInteger();

  private Outage(Connection connection) {
    this.connection = connection;
    this.thread = Thread.ofPlatform().start(this::run);
  }

  static Outage of(TestDatabase database) throws SQLException {
    DatabaseSettings settings = database.settings();
    return new Outage(
        DriverManager.getConnection(settings.url(), settings.user(), settings.password()));
  }

  private void run() {
    try (Statement statement = connection.createStatement()) {
      while (!stop.await(20, TimeUnit.MILLISECONDS)) {
        try (ResultSet ended = statement.executeQuery(END)) {
          ended.next();
          broken.addAndGet(ended.getInt(1));
        }
      }
    } catch (SQLException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until so many connections have been ended. */
  void awaitBroken(int connections) {
    while (broken.get() < connections) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() throws Exception {
    stop.countDown();
    thread.join();
    connection.close();
  }
}
