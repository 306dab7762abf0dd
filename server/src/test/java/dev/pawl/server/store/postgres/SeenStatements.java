package dev.pawl.server.store.postgres;

import static dev.pawl.server.store.postgres.WrappingDriver.call;
import static dev.pawl.server.store.postgres.WrappingDriver.proxy;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** Every statement that one pool of connections executes, as text. */
public final class SeenStatements {
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  /** Opens a further pool on a test's database, and sees what goes through it. */
  public Database open(TestDatabase database) throws SQLException {
    Driver real = DriverManager.getDriver(database.settings().url());
    Driver seeing = new WrappingDriver(real, connection -> connection(connection, seen));
    // The first driver that takes the URL gets it; a pool asks once and keeps it.
    DriverManager.deregisterDriver(real);
    DriverManager.registerDriver(seeing);
    try {
      return Database.open(database.settings());
    } finally {
      DriverManager.deregisterDriver(seeing);
      DriverManager.registerDriver(real);
    }
  }

  /** How many there were of a kind. */
  public long count(Predicate<String> kind) {
    return seen.stream().filter(kind).count();
  }

  /** Those of a kind, each once. */
  public List<String> texts(Predicate<String> kind) {
    return seen.stream().filter(kind).distinct().toList();
  }

  private static Connection connection(Connection real, Queue<String> seen) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = call(real, method, arguments);
          return result instanceof PreparedStatement statement && arguments != null
              ? statement(statement, (String) arguments[0], seen)
              : result;
        });
  }

  private static PreparedStatement statement(
      PreparedStatement real, String sql, Queue<String> seen) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            seen.add(sql);
          }
          return call(real, method, arguments);
        });
  }
}
