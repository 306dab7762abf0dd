package dev.pawl.server.crash;

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
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's driver, whose connections tell of each durable write once it is durable. */
final class CountingDriver implements Driver {
  private final Driver driver;
  private final CountedWrites writes;

  private CountingDriver(Driver driver, CountedWrites writes) {
    this.driver = driver;
    this.writes = writes;
  }

  /** Takes the place of PostgreSQL's driver in this process. */
  static void install(CountedWrites writes) throws SQLException {
    Driver real = DriverManager.getDriver("jdbc:postgresql://127.0.0.1/any");
    DriverManager.deregisterDriver(real);
    DriverManager.registerDriver(new CountingDriver(real, writes));
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Connection connection = driver.connect(url, info);
    return connection == null
        ? null
        : proxy(Connection.class, new CountingConnection(connection, writes));
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return driver.getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            CountingDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** A transaction counts when one of its statements does. */
  private static final class CountingConnection implements InvocationHandler {
    private final Connection connection;
    private final CountedWrites writes;
    private @Nullable String dirty;

    CountingConnection(Connection connection, CountedWrites writes) {
      this.connection = connection;
      this.writes = writes;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      Object result = call(connection, method, arguments);
      switch (method.getName()) {
        case "prepareStatement" -> {
          if (result instanceof PreparedStatement statement
              && arguments != null
              && CountedWrites.counts((String) arguments[0])) {
            String sql = (String) arguments[0];
            return proxy(PreparedStatement.class, new CountingStatement(statement, this, sql));
          }
        }
        case "commit" -> durable();
        case "rollback" -> dirty = null;
        default -> {}
      }
      return result;
    }

    private void executed(String sql) throws SQLException {
      dirty = sql;
      if (connection.getAutoCommit()) {
        durable();
      }
    }

    private void durable() {
      String what = dirty;
      if (what != null) {
        dirty = null;
        writes.committed(what.substring(0, Math.min(what.length(), 60)));
      }
    }
  }

  /** Tells its connection when it has been executed. */
  private static final class CountingStatement implements InvocationHandler {
    private final PreparedStatement statement;
    private final CountingConnection connection;
    private final String sql;

    CountingStatement(PreparedStatement statement, CountingConnection connection, String sql) {
      this.statement = statement;
      this.connection = connection;
      this.sql = sql;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      Object result = call(statement, method, arguments);
      if (method.getName().startsWith("execute")) {
        connection.executed(sql);
      }
      return result;
    }
  }
}
