package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.EXECUTOR;

import dev.pawl.schema.tables.Executor;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Heartbeats. Each statement answers with the rows it changed, unless said otherwise. */
public final class ExecutorStatements {
  /** Who has been silent for longer writes no more. */
  private static final Duration LATELY = Duration.ofMinutes(1);

  private ExecutorStatements() {}

  public static int register(DSLContext sql, String executorId, String address) {
    return sql.insertInto(EXECUTOR)
        .set(EXECUTOR.EXECUTOR_ID, executorId)
        .set(EXECUTOR.ADDRESS, address)
        .set(EXECUTOR.STARTED_AT, DatabaseTime.NOW)
        .set(EXECUTOR.HEARTBEAT_AT, DatabaseTime.NOW)
        .execute();
  }

  /** How many others were alive lately; empty where it is not registered. */
  public static Optional<Integer> heartbeat(DSLContext sql, String executorId) {
    Executor other = EXECUTOR.as("other");
    return sql.update(EXECUTOR)
        .set(EXECUTOR.HEARTBEAT_AT, DatabaseTime.NOW)
        .where(EXECUTOR.EXECUTOR_ID.eq(executorId))
        .returningResult(
            DSL.field(
                DSL.selectCount()
                    .from(other)
                    .where(other.EXECUTOR_ID.ne(executorId))
                    .and(other.HEARTBEAT_AT.ge(DatabaseTime.ago(LATELY)))))
        .fetchOptional(0, int.class);
  }

  public static int remove(DSLContext sql, String executorId) {
    return sql.deleteFrom(EXECUTOR).where(EXECUTOR.EXECUTOR_ID.eq(executorId)).execute();
  }

  public static int removeOthers(DSLContext sql, String executorId) {
    return sql.deleteFrom(EXECUTOR).where(EXECUTOR.EXECUTOR_ID.ne(executorId)).execute();
  }
}
