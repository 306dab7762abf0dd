package dev.pawl.server.crash;

import static dev.pawl.server.store.postgres.WrappingDriver.call;
import static dev.pawl.server.store.postgres.WrappingDriver.proxy;

import dev.pawl.server.store.postgres.WrappingDriver;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's driver, whose connections tell of each durable write once it is durable. */
final class CountingDriver {
  private CountingDriver() {}

  /** Takes the place of PostgreSQL's driver in this process. */
  static void install(CountedWrites writes) throws SQLException {
    Driver real = DriverManager.getDriver("jdbc:postgresql://127.0.0.1/any");
    DriverManager.deregisterDriver(real);
    DriverManager.registerDriver(
        new WrappingDriver(
            real,
            connection -> proxy(Connection.class, new CountingConnection(connection, writes))));
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
