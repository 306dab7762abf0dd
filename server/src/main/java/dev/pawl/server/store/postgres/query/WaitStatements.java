package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.STEP_WAIT;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.NewWait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What steps wait for. The run's row, locked by the caller, keeps owner and deciders apart. */
public final class WaitStatements {
  private static final Field<Long> DUE_IN = left(STEP_WAIT.DUE_AT).as("due_in");
  private static final Field<Long> DEADLINE_IN = left(STEP_WAIT.DEADLINE_AT).as("deadline_in");

  private WaitStatements() {}

  /** Begins a wait; false when it is there already, as after a commit without an answer. */
  public static boolean insert(DSLContext sql, RunKey run, NewWait wait) {
    NewWait.Child child = wait.child();
    return sql.insertInto(STEP_WAIT)
            .set(STEP_WAIT.NAMESPACE, run.namespace())
            .set(STEP_WAIT.RUN_ID, run.runId())
            .set(STEP_WAIT.ATTEMPT, wait.step().attempt())
            .set(STEP_WAIT.STEP_ID, wait.step().key().stepId())
            .set(STEP_WAIT.ITERATION, wait.step().key().iteration())
            .set(STEP_WAIT.KIND, wait.kind().name())
            .set(STEP_WAIT.SINCE, DatabaseTime.NOW)
            .set(STEP_WAIT.DUE_AT, due(wait))
            .set(STEP_WAIT.DEADLINE_AT, fromNow(wait.timeout()))
            .set(STEP_WAIT.PROMPT, wait.prompt())
            .set(STEP_WAIT.CHILD_RUN_ID, child == null ? null : child.runId())
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  /** A rest takes the place of the one before; its deadline, once there is one, stays. */
  public static void replace(DSLContext sql, RunKey run, NewWait wait) {
    if (!insert(sql, run, wait)) {
      sql.update(STEP_WAIT)
          .set(STEP_WAIT.SINCE, DatabaseTime.NOW)
          .set(STEP_WAIT.DUE_AT, due(wait))
          .set(STEP_WAIT.DEADLINE_AT, DSL.coalesce(STEP_WAIT.DEADLINE_AT, fromNow(wait.timeout())))
          .where(isOf(run))
          .and(STEP_WAIT.ATTEMPT.eq(wait.step().attempt()))
          .and(isOf(wait.step().key()))
          .and(STEP_WAIT.KIND.eq(wait.kind().name()))
          .execute();
    }
  }

  private static Field<Instant> due(NewWait wait) {
    return wait.until() == null ? fromNow(wait.lasts()) : DSL.val(wait.until(), STEP_WAIT.DUE_AT);
  }

  private static Field<Instant> fromNow(@Nullable Duration time) {
    return time == null ? DSL.castNull(STEP_WAIT.DUE_AT) : DatabaseTime.in(time);
  }

  /** An attempt that goes on with the work of an earlier one waits on for what that waited for. */
  public static void carryOver(DSLContext sql, RunRecord begun) {
    List<Field<?>> same = new ArrayList<>(List.of(STEP_WAIT.fields()));
    same.remove(STEP_WAIT.ATTEMPT);
    List<Field<?>> from = new ArrayList<>(same);
    same.add(STEP_WAIT.ATTEMPT);
    from.add(DSL.val(begun.attempt()));
    sql.insertInto(STEP_WAIT, same)
        .select(
            DSL.select(from)
                .from(STEP_WAIT)
                .where(isOf(begun.key()))
                .and(STEP_WAIT.ATTEMPT.eq(begun.attempt() - 1)))
        .onConflictDoNothing()
        .execute();
  }

  /** The child runs that steps of a run's latest attempt still wait for. */
  public static List<RunKey> openChildren(DSLContext sql, RunRecord run) {
    return sql.select(STEP_WAIT.CHILD_RUN_ID)
        .from(STEP_WAIT)
        .where(isOf(run.key()))
        .and(STEP_WAIT.ATTEMPT.eq(run.attempt()))
        .and(STEP_WAIT.CHILD_RUN_ID.isNotNull())
        .and(STEP_WAIT.CLOSED_AT.isNull())
        .orderBy(STEP_WAIT.CHILD_RUN_ID)
        .fetch(row -> new RunKey(run.key().namespace(), row.value1()));
  }

  public static Optional<Waiting> find(DSLContext sql, RunKey run, int attempt, StepKey step) {
    return select(sql)
        .where(isOf(run))
        .and(STEP_WAIT.ATTEMPT.eq(attempt))
        .and(isOf(step))
        .fetchOptional(WaitStatements::read);
  }

  /** The newest wait of a step for a decision. */
  public static Optional<Waiting> approval(DSLContext sql, RunKey run, StepKey step) {
    return select(sql)
        .where(isOf(run))
        .and(isOf(step))
        .and(STEP_WAIT.KIND.eq(Waiting.Kind.APPROVAL.name()))
        .orderBy(STEP_WAIT.ATTEMPT.desc())
        .limit(1)
        .fetchOptional(WaitStatements::read);
  }

  public static List<Waiting> ofAttempt(DSLContext sql, RunKey run, int attempt) {
    return select(sql)
        .where(isOf(run))
        .and(STEP_WAIT.ATTEMPT.eq(attempt))
        .fetch(WaitStatements::read);
  }

  public static List<Waiting> ofRun(DSLContext sql, RunKey run) {
    return select(sql)
        .where(isOf(run))
        .orderBy(STEP_WAIT.ATTEMPT, STEP_WAIT.STEP_ID, STEP_WAIT.ITERATION)
        .fetch(WaitStatements::read);
  }

  /** Whether it was open until now; one that has been decided stays as it is. */
  public static boolean close(DSLContext sql, RunKey run, int attempt, StepKey step) {
    return sql.update(STEP_WAIT)
            .set(STEP_WAIT.CLOSED_AT, DatabaseTime.NOW)
            .where(isOf(run))
            .and(STEP_WAIT.ATTEMPT.eq(attempt))
            .and(isOf(step))
            .and(STEP_WAIT.CLOSED_AT.isNull())
            .and(STEP_WAIT.DECISION.isNull())
            .execute()
        == 1;
  }

  public static void decide(DSLContext sql, Decide decide, int attempt) {
    sql.update(STEP_WAIT)
        .set(STEP_WAIT.DECISION, decide.decision().name())
        .set(STEP_WAIT.DECIDED_BY, decide.by())
        .set(STEP_WAIT.COMMENT, decide.comment())
        .set(STEP_WAIT.DECIDED_AT, DatabaseTime.NOW)
        .where(isOf(decide.run()))
        .and(STEP_WAIT.ATTEMPT.eq(attempt))
        .and(isOf(decide.step()))
        .execute();
  }

  private static SelectJoinStep<Record> select(DSLContext sql) {
    List<Field<?>> fields = new ArrayList<>(List.of(STEP_WAIT.fields()));
    fields.add(DUE_IN);
    fields.add(DEADLINE_IN);
    return sql.select(fields).from(STEP_WAIT);
  }

  private static Condition isOf(RunKey run) {
    return STEP_WAIT.NAMESPACE.eq(run.namespace()).and(STEP_WAIT.RUN_ID.eq(run.runId()));
  }

  private static Condition isOf(StepKey step) {
    return STEP_WAIT.STEP_ID.eq(step.stepId()).and(STEP_WAIT.ITERATION.eq(step.iteration()));
  }

  /** In microseconds, from the statement's own clock. */
  static Field<Long> left(Field<Instant> until) {
    return DSL.field(
        "(extract(epoch from {0} - now()) * 1000000)::bigint", SQLDataType.BIGINT, until);
  }

  static @Nullable Duration duration(@Nullable Long micros) {
    return micros == null ? null : Duration.ofNanos(Math.multiplyExact(micros, 1000L));
  }

  private static Waiting read(Record row) {
    String decision = row.get(STEP_WAIT.DECISION);
    return new Waiting(
        new StepKey(row.get(STEP_WAIT.STEP_ID), row.get(STEP_WAIT.ITERATION)),
        row.get(STEP_WAIT.ATTEMPT),
        Waiting.Kind.valueOf(row.get(STEP_WAIT.KIND)),
        row.get(STEP_WAIT.SINCE),
        row.get(STEP_WAIT.DUE_AT),
        duration(row.get(DUE_IN)),
        duration(row.get(DEADLINE_IN)),
        row.get(STEP_WAIT.PROMPT),
        row.get(STEP_WAIT.CHILD_RUN_ID),
        decision == null
            ? null
            : new Waiting.Answer(
                Waiting.Decision.valueOf(decision),
                row.get(STEP_WAIT.DECIDED_BY),
                row.get(STEP_WAIT.COMMENT),
                row.get(STEP_WAIT.DECIDED_AT)),
        row.get(STEP_WAIT.CLOSED_AT) != null);
  }
}
