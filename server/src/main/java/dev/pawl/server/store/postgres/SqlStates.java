package dev.pawl.server.store.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jooq.exception.DataAccessException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's error codes mean for us. */
final class SqlStates {
  /** A write in a transaction that is read-only, as all are on a standby: nothing was written. */
  static final String READ_ONLY = "25006";

  private SqlStates() {}

  /**
   * The connection broke, leads to a standby, or there is none to be had: what was sent over it may
   * have happened, and another connection may do better.
   */
  static boolean isBrokenConnection(DataAccessException e) {
    String state = e.sqlState();
    return state.startsWith("08")
        || state.startsWith("57P0")
        || state.equals(READ_ONLY)
        || e.getCause(SQLTransientConnectionException.class) != null;
  }

  /** A deadlock or a serialization failure: it was certainly rolled back. */
  static boolean isUndoneForAnother(DataAccessException e) {
    String state = e.sqlState();
    return state.equals("40P01") || state.equals("40001");
  }

  /** Whether a unique index of this name refused a row. */
  static boolean isDuplicateIn(DataAccessException e, String index) {
    if (!e.sqlState().equals("23505")) {
      return false;
    }
    SQLException cause = e.getCause(SQLException.class);
    if (cause instanceof PSQLException refused) {
      ServerErrorMessage message = refused.getServerErrorMessage();
      return message != null && index.equals(message.getConstraint());
    }
    return false;
  }
}
