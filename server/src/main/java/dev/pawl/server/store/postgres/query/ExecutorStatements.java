package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.EXECUTOR;

import org.jooq.DSLContext;

/** Heartbeats. Each statement answers with the rows it changed. */
public final class ExecutorStatements {
  private ExecutorStatements() {}

  public static int register(DSLContext sql, String executorId, String address) {
    return sql.insertInto(EXECUTOR)
        .set(EXECUTOR.EXECUTOR_ID, executorId)
        .set(EXECUTOR.ADDRESS, address)
        .set(EXECUTOR.STARTED_AT, DatabaseTime.NOW)
        .set(EXECUTOR.HEARTBEAT_AT, DatabaseTime.NOW)
        .execute();
  }

  public static int heartbeat(DSLContext sql, String executorId) {
    return sql.update(EXECUTOR)
        .set(EXECUTOR.HEARTBEAT_AT, DatabaseTime.NOW)
        .where(EXECUTOR.EXECUTOR_ID.eq(executorId))
        .execute();
  }

  public static int remove(DSLContext sql, String executorId) {
    return sql.deleteFrom(EXECUTOR).where(EXECUTOR.EXECUTOR_ID.eq(executorId)).execute();
  }

  public static int removeOthers(DSLContext sql, String executorId) {
    return sql.deleteFrom(EXECUTOR).where(EXECUTOR.EXECUTOR_ID.ne(executorId)).execute();
  }
}
