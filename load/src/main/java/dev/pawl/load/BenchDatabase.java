package dev.pawl.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PostgreSQL that the server writes to, and a connection to ask it what it has done. */
final class BenchDatabase implements AutoCloseable {
  private static final Pattern URL =
      Pattern.compile("(jdbc:postgresql://[^/]+/)(bench_[a-z0-9_]+)(\\?.*)?");

  private final String url;
  private final Connection connection;
  private final long pid;

  /**
   * What it has counted, all databases together. But for the log these numbers lag by up to a
   * second.
   *
   * @param commits transactions
   * @param syncs of the write-ahead log
   * @param log bytes of write-ahead log
   */
  record Counters(double commits, double syncs, double log) {}

  private BenchDatabase(String url) throws SQLException {
    this.url = url;
    this.connection = DriverManager.getConnection(url);
    this.pid =
        (long) number("select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::bigint");
  }

  /**
   * Drops the database and makes it anew.
   *
   * @param url with user and password; the name must begin with {@code bench_}, since it is dropped
   */
  static BenchDatabase fresh(String url) throws SQLException {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "the database is dropped first, so its name must begin with bench_, as in"
              + " jdbc:postgresql://127.0.0.1:5432/bench_pawl?user=postgres&password=x; not "
              + url);
    }
    String rest = parts.group(3) == null ? "" : parts.group(3);
    try (Connection all = DriverManager.getConnection(parts.group(1) + "postgres" + rest);
        Statement statement = all.createStatement()) {
      statement.execute("drop database if exists " + parts.group(2) + " with (force)");
      statement.execute("create database " + parts.group(2));
      statement.execute("checkpoint");
    }
    return new BenchDatabase(url);
  }

  /** Opens what is there. */
  static BenchDatabase asItIs(String url) throws SQLException {
    return new BenchDatabase(url);
  }

  String url() {
    return url;
  }

  /** Of the first of its processes. */
  long pid() {
    return pid;
  }

  /** So that no case pays for the pages that those before it have dirtied. */
  void checkpoint() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("checkpoint");
    }
  }

  synchronized Counters counters() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select (select sum(xact_commit) from pg_stat_database), wal_sync,"
                    + " pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') from pg_stat_wal")) {
      result.next();
      return new Counters(result.getDouble(1), result.getDouble(2), result.getDouble(3));
    }
  }

  private double number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getDouble(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
