package dev.pawl.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** The PostgreSQL versions Pawl works on. */
public final class PostgresVersion {
  /** The oldest major version Pawl works on. */
  public static final int OLDEST = 15;

  private PostgresVersion() {}

  /**
   * Refuses a server that is too old.
   *
   * @throws PostgresException when the server's major version is below {@link #OLDEST}, or isn't
   *     PostgreSQL, or can't be asked
   */
  public static void check(Connection connection) {
    try {
      var server = connection.getMetaData();
      check(
          server.getDatabaseProductName(),
          server.getDatabaseMajorVersion(),
          server.getDatabaseProductVersion(),
          server.getURL());
    } catch (SQLException e) {
      throw new PostgresException(
          "The database can't be asked for its version: " + e.getMessage(), e);
    }
  }

  static void check(String product, int major, String version, String url) {
    String where = withoutParameters(url);
    if (!product.equals("PostgreSQL")) {
      throw new PostgresException(
          where + " is " + product + ": Pawl needs PostgreSQL " + OLDEST + " or newer.");
    }
    if (major < OLDEST) {
      throw new PostgresException(
          "PostgreSQL "
              + version
              + " at "
              + where
              + " is too old: Pawl needs "
              + OLDEST
              + " or newer.");
    }
  }

  /** A URL's parameters may hold a password. */
  private static String withoutParameters(String url) {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }
}
