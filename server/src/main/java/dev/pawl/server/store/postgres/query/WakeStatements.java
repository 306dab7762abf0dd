package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RUN;
import static dev.pawl.schema.Tables.STEP_EXECUTION;
import static dev.pawl.schema.Tables.STEP_WAIT;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.PutDown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** Runs that are put down, and what wakes them: the one column {@code wake_at}. */
public final class WakeStatements {
  private WakeStatements() {}

  /** There is news for a run. One that has ended needs none; its retry looks at everything. */
  public static void wake(DSLContext sql, RunKey run) {
    sql.update(RUN)
        .set(RUN.WAKE_AT, DatabaseTime.NOW)
        .where(RunRow.is(run))
        .and(isUnderWay())
        .execute();
  }

  /** Locks an owned run and takes its news. */
  public static Optional<RunRecord> takeNews(DSLContext sql, RunKey run, long generation) {
    return sql.update(RUN)
        .setNull(RUN.WAKE_AT)
        .where(RunStatements.isOwned(run, generation))
        .returningResult(RunRow.FIELDS)
        .fetchOptional(RunRow::read);
  }

  /** News that came before stays: {@code least} passes over nulls. */
  public static Optional<RunRecord> putDown(
      DSLContext sql, RunKey run, long generation, PutDown how) {
    Duration left = how.timeLeft();
    Field<Instant> deadline = left == null ? RUN.DEADLINE_AT : DatabaseTime.in(left);
    Field<Instant> timeout =
        left == null || left.isZero() ? DSL.castNull(RUN.DEADLINE_AT) : deadline;
    Field<Instant> wake =
        switch (how.wake()) {
          case AT_ONCE -> DatabaseTime.NOW;
          case WITH_NEWS -> DSL.least(RUN.WAKE_AT, timeout, DSL.field(earliest()));
        };
    return sql.update(RUN)
        .set(RUN.STATUS, RunStatus.WAITING.name())
        .setNull(RUN.EXECUTOR_ID)
        .set(RUN.GENERATION, RUN.GENERATION.plus(1))
        .set(RUN.EVENT_SEQUENCE, RUN.EVENT_SEQUENCE.plus(1))
        .set(RUN.DEADLINE_AT, deadline)
        .set(RUN.WAKE_AT, wake)
        .where(RunStatements.isOwned(run, generation))
        .returningResult(RunRow.FIELDS)
        .fetchOptional(RunRow::read);
  }

  /** The first time that an open wait of the run's attempt waits for. */
  private static Select<Record1<Instant>> earliest() {
    return DSL.select(DSL.min(DSL.least(STEP_WAIT.DUE_AT, STEP_WAIT.DEADLINE_AT)))
        .from(STEP_WAIT)
        .join(STEP_EXECUTION)
        .on(
            STEP_EXECUTION.NAMESPACE.eq(STEP_WAIT.NAMESPACE),
            STEP_EXECUTION.RUN_ID.eq(STEP_WAIT.RUN_ID),
            STEP_EXECUTION.ATTEMPT.eq(STEP_WAIT.ATTEMPT),
            STEP_EXECUTION.STEP_ID.eq(STEP_WAIT.STEP_ID),
            STEP_EXECUTION.ITERATION.eq(STEP_WAIT.ITERATION))
        .where(STEP_WAIT.NAMESPACE.eq(RUN.NAMESPACE))
        .and(STEP_WAIT.RUN_ID.eq(RUN.RUN_ID))
        .and(STEP_WAIT.ATTEMPT.eq(RUN.ATTEMPT))
        .and(STEP_WAIT.CLOSED_AT.isNull())
        .and(STEP_EXECUTION.STATUS.eq(StepStatus.WAITING.name()));
  }

  public static List<RunRecord> withNews(DSLContext sql, String executorId) {
    return sql.select(RunRow.FIELDS)
        .from(RUN)
        .where(RUN.EXECUTOR_ID.eq(executorId))
        .and(RUN.WAKE_AT.isNotNull().or(RUN.CANCEL_REQUESTED_AT.isNotNull()))
        .fetch(RunRow::read);
  }

  public static Optional<Duration> timeLeft(DSLContext sql, RunKey run) {
    Field<Long> left = WaitStatements.left(RUN.DEADLINE_AT);
    return sql.select(left)
        .from(RUN)
        .where(RunRow.is(run))
        .and(RUN.DEADLINE_AT.isNotNull())
        .fetchOptional(row -> WaitStatements.duration(row.value1()));
  }

  public static boolean isAnythingToCome(DSLContext sql) {
    Condition queued = RUN.STATUS.eq(RunStatus.QUEUED.name());
    Condition toWake = RUN.STATUS.eq(RunStatus.WAITING.name()).and(RUN.WAKE_AT.isNotNull());
    return sql.fetchExists(sql.selectOne().from(RUN).where(queued))
        || sql.fetchExists(sql.selectOne().from(RUN).where(toWake));
  }

  private static Condition isUnderWay() {
    return RUN.STATUS.in(RunStatus.RUNNING.name(), RunStatus.WAITING.name());
  }
}
