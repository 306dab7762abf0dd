package dev.pawl.cli.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes Pawl's database hold chosen changes of the table {@code resource}, by a trigger that waits
 * for a lock: what a server has sent but is not durable can so be lost together with it.
 */
public final class StalledWrites implements AutoCloseable {
  private static final long LOCK = 0x7061776cL;

  private final String url;
  private Connection connection;

  /** Connects to a database that a Pawl server has already made its tables in. */
  public StalledWrites(String url) throws SQLException {
    this.url = url;
    this.connection = DriverManager.getConnection(url);
    prepare();
  }

  /**
   * Connects anew after the database was lost, with which all that was held was lost. What stands
   * before a new primary may refuse for a moment.
   */
  void reconnect() throws Exception {
    Await.until("a database takes connections again", this::connects);
  }

  private boolean connects() throws SQLException {
    connection.close();
    try {
      connection = DriverManager.getConnection(url);
      prepare();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private void prepare() throws SQLException {
    run(
        """
        create table if not exists crash_stall (instance text, state text);
        delete from crash_stall;
        create or replace function crash_stall() returns trigger language plpgsql as $$
          begin
            if exists (select from crash_stall s
                where s.instance = new.instance and s.state = new.state) then
              perform pg_advisory_xact_lock_shared(%1$d);
            end if;
            return new;
          end $$;
        create or replace trigger crash_stall before insert or update on resource
          for each row execute function crash_stall();
        select pg_advisory_lock(%1$d)
        """
            .formatted(LOCK));
  }

  /** From now on the change of that instance to that state is held. */
  public void hold(String instance, String state) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into crash_stall values (?, ?)")) {
      insert.setString(1, instance);
      insert.setString(2, state);
      insert.executeUpdate();
    }
  }

  /** How many are held. */
  public int held() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from pg_locks where locktype = 'advisory' and not granted"
                    + " and objid = "
                    + LOCK)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /**
   * What is held never becomes durable, as if its server had died a moment earlier; holds no more.
   */
  public void lose() throws SQLException {
    run(
        "select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory'"
            + " and not granted and objid = "
            + LOCK);
    // Who had asked for the lock too late to be seen goes on.
    release();
  }

  /** Holds no more; what is held becomes durable. */
  public void release() throws SQLException {
    clear();
    run("select pg_advisory_unlock(%1$d); select pg_advisory_lock(%1$d)".formatted(LOCK));
  }

  private void clear() throws SQLException {
    run("delete from crash_stall");
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
