package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.ATTEMPT;
import static dev.pawl.schema.Tables.EXECUTOR;
import static dev.pawl.schema.Tables.RUN;
import static dev.pawl.schema.Tables.STEP_EXECUTION;

import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunProgress;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.RunQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** What is stored of runs. */
public final class RunReads {
  private static final List<String> UNDER_WAY =
      List.of(RunStatus.RUNNING.name(), RunStatus.WAITING.name());

  private RunReads() {}

  public static Optional<RunRecord> find(DSLContext sql, RunKey run) {
    return sql.select(RunRow.FIELDS).from(RUN).where(RunRow.is(run)).fetchOptional(RunRow::read);
  }

  /** For statements about what a run leaves behind when it is removed. */
  static Condition isThere(RunKey run) {
    return DSL.exists(DSL.selectOne().from(RUN).where(RunRow.is(run)));
  }

  /** Without the definition, the inputs and the outputs, whose size goes with the run's. */
  public static Optional<RunProgress> progress(DSLContext sql, RunKey run) {
    return sql.select(RUN.STATUS, RUN.EVENT_SEQUENCE)
        .from(RUN)
        .where(RunRow.is(run))
        .fetchOptional(row -> new RunProgress(RunStatus.valueOf(row.value1()), row.value2()));
  }

  public static List<RunRecord> list(DSLContext sql, RunQuery query) {
    Condition where = RUN.NAMESPACE.eq(query.namespace());
    if (query.before() != null) {
      where = where.and(RUN.RUN_ID.lt(query.before()));
    }
    if (!query.statuses().isEmpty()) {
      where = where.and(RUN.STATUS.in(query.statuses().stream().map(Enum::name).toList()));
    }
    if (query.workflowName() != null) {
      where = where.and(RUN.WORKFLOW_NAME.eq(query.workflowName()));
    }
    if (query.archived() == RunQuery.Archived.LEFT_OUT) {
      where = where.and(RUN.ARCHIVED_AT.isNull());
    }
    return sql.select(RunRow.FIELDS)
        .from(RUN)
        .where(where)
        .orderBy(RUN.RUN_ID.desc())
        .limit(query.limit())
        .fetch(RunRow::read);
  }

  public static List<StepRecord> steps(DSLContext sql, RunKey run) {
    return sql.selectFrom(STEP_EXECUTION)
        .where(STEP_EXECUTION.NAMESPACE.eq(run.namespace()))
        .and(STEP_EXECUTION.RUN_ID.eq(run.runId()))
        .orderBy(
            STEP_EXECUTION.ATTEMPT,
            STEP_EXECUTION.ORDINAL,
            STEP_EXECUTION.STEP_ID,
            STEP_EXECUTION.ITERATION)
        .fetch(StepRow::read);
  }

  public static List<AttemptRecord> attempts(DSLContext sql, RunKey run) {
    List<AttemptRecord> stored =
        sql.selectFrom(ATTEMPT)
            .where(ATTEMPT.NAMESPACE.eq(run.namespace()))
            .and(ATTEMPT.RUN_ID.eq(run.runId()))
            .orderBy(ATTEMPT.ATTEMPT_)
            .fetch(RunReads::attempt);
    return stored.isEmpty()
        ? find(sql, run).map(only -> List.of(AttemptRecord.first(only))).orElse(List.of())
        : stored;
  }

  /** An executor that was removed has no heartbeat at all. */
  public static List<RunRecord> abandoned(DSLContext sql, Duration silence, int limit) {
    return sql.select(RunRow.FIELDS)
        .from(RUN)
        .where(RUN.EXECUTOR_ID.isNotNull())
        .and(RUN.STATUS.eq(RunStatus.RUNNING.name()))
        .andNotExists(
            DSL.selectOne()
                .from(EXECUTOR)
                .where(EXECUTOR.EXECUTOR_ID.eq(RUN.EXECUTOR_ID))
                .and(EXECUTOR.HEARTBEAT_AT.ge(DatabaseTime.ago(silence))))
        .orderBy(RUN.CREATED_AT)
        .limit(limit)
        .fetch(RunRow::read);
  }

  public static List<RunKey> ownedBy(DSLContext sql, String executorId) {
    return sql.select(RUN.NAMESPACE, RUN.RUN_ID)
        .from(RUN)
        .where(RUN.EXECUTOR_ID.eq(executorId))
        .and(RUN.STATUS.in(UNDER_WAY))
        .fetch(row -> new RunKey(row.value1(), row.value2()));
  }

  /** The latest child run of a step. */
  public static Optional<RunRecord> child(DSLContext sql, RunKey parent, StepKey step) {
    return sql.select(RunRow.FIELDS)
        .from(RUN)
        .where(RUN.NAMESPACE.eq(parent.namespace()))
        .and(RUN.PARENT_RUN_ID.eq(parent.runId()))
        .and(RUN.PARENT_STEP_ID.eq(step.stepId()))
        .and(RUN.PARENT_ITERATION.eq(step.iteration()))
        .orderBy(RUN.RUN_ID.desc())
        .limit(1)
        .fetchOptional(RunRow::read);
  }

  /** Since its creation. */
  public static Duration age(DSLContext sql, RunKey run) {
    Duration left =
        sql.select(WaitStatements.left(RUN.CREATED_AT))
            .from(RUN)
            .where(RunRow.is(run))
            .fetchSingle(row -> WaitStatements.duration(row.value1()));
    return left == null ? Duration.ZERO : left.negated();
  }

  /** Every child run, oldest first. */
  public static List<RunRecord> children(DSLContext sql, RunKey parent) {
    return sql.select(RunRow.FIELDS)
        .from(RUN)
        .where(RUN.NAMESPACE.eq(parent.namespace()))
        .and(RUN.PARENT_RUN_ID.eq(parent.runId()))
        .orderBy(RUN.RUN_ID)
        .fetch(RunRow::read);
  }

  private static AttemptRecord attempt(Record row) {
    return new AttemptRecord(
        row.get(ATTEMPT.ATTEMPT_),
        AttemptReason.valueOf(row.get(ATTEMPT.REASON)),
        row.get(ATTEMPT.REQUESTER),
        row.get(ATTEMPT.REQUEST_ID),
        RunStatus.valueOf(row.get(ATTEMPT.STATUS)),
        row.get(ATTEMPT.STATUS_REASON),
        row.get(ATTEMPT.MESSAGE),
        row.get(ATTEMPT.DEFINITION),
        row.get(ATTEMPT.INPUTS) == null ? null : Values.object(row.get(ATTEMPT.INPUTS)),
        SelectionJson.read(Values.object(row.get(ATTEMPT.SELECTION))),
        row.get(ATTEMPT.STARTED_AT),
        row.get(ATTEMPT.ENDED_AT));
  }
}
