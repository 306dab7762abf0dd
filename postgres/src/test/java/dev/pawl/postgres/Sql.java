package dev.pawl.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One statement, on a connection of its own. */
final class Sql {
  private Sql() {}

  static void run(EmbeddedPostgres pg, String sql) throws SQLException {
    try (Connection connection = connect(pg, pg.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String ask(EmbeddedPostgres pg, String sql) throws SQLException {
    try (Connection connection = connect(pg, pg.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new AssertionError("no row from: " + sql);
      }
      return rows.getString(1);
    }
  }

  static Connection connect(EmbeddedPostgres pg, String password) throws SQLException {
    return DriverManager.getConnection(pg.jdbcUrl(), pg.user(), password);
  }
}
