package dev.pawl.server.store.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * After a failover a connection may lead to a PostgreSQL that is a standby now, or to one that is
 * not yet a primary. It is open and answers, so nothing but its refusals tells: it is not used
 * again, and the next one is led anew.
 */
final class LeaveFormerPrimary implements SQLExceptionOverride {
  @java.lang.Override
  public Override adjudicate(SQLException e) {
    return SqlStates.READ_ONLY.equals(e.getSQLState())
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }
}
