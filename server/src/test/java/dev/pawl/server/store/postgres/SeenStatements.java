package dev.pawl.server.store.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Every statement that one pool of connections executes, as text. */
public final class SeenStatements {
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  /** Opens a further pool on a test's database, and sees what goes through it. */
  public Database open(TestDatabase database) throws SQLException {
    Driver real = DriverManager.getDriver(database.settings().url());
    Driver seeing = new SeeingDriver(real, seen);
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

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            SeenStatements.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
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

  private record SeeingDriver(Driver real, Queue<String> seen) implements Driver {
    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
      Connection connection = real.connect(url, info);
      return connection == null ? null : connection(connection, seen);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
      return real.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
      return real.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
      return real.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
      return real.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
      return real.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      return real.getParentLogger();
    }
  }
}
