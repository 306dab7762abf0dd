package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.CHECKPOINT;
import static dev.pawl.schema.Tables.RUN;
import static dev.pawl.schema.Tables.STEP_EXECUTION;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.CheckpointRecord.State;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.CheckpointStore.Question;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Checkpoints of steps. */
public final class CheckpointStatements {
  private CheckpointStatements() {}

  public static Optional<CheckpointRecord> latest(DSLContext sql, Question question) {
    StepKey step = question.step();
    var lastSuccess =
        DSL.field(
            select(max(STEP_EXECUTION.ATTEMPT))
                .from(STEP_EXECUTION)
                .where(STEP_EXECUTION.NAMESPACE.eq(question.run().namespace()))
                .and(STEP_EXECUTION.RUN_ID.eq(question.run().runId()))
                .and(STEP_EXECUTION.STEP_ID.eq(step.stepId()))
                .and(STEP_EXECUTION.ITERATION.eq(step.iteration()))
                .and(STEP_EXECUTION.STATUS.eq(StepStatus.SUCCEEDED.name()))
                .and(STEP_EXECUTION.ATTEMPT.lt(question.attempt())));
    return sql.selectFrom(CHECKPOINT)
        .where(isOf(question.run()))
        .and(CHECKPOINT.STEP_ID.eq(step.stepId()))
        .and(CHECKPOINT.ITERATION.eq(step.iteration()))
        .and(CHECKPOINT.NAME.eq(question.name()))
        .and(CHECKPOINT.ATTEMPT.ge(question.since()))
        .and(CHECKPOINT.ATTEMPT.gt(coalesce(lastSuccess, inline(0))))
        .orderBy(CHECKPOINT.ATTEMPT.desc())
        .limit(1)
        .fetchOptional(CheckpointStatements::read);
  }

  public static List<CheckpointRecord> all(DSLContext sql, RunKey run) {
    return sql.selectFrom(CHECKPOINT)
        .where(isOf(run))
        .orderBy(CHECKPOINT.ATTEMPT, CHECKPOINT.STARTED_AT, CHECKPOINT.NAME)
        .fetch(CheckpointStatements::read);
  }

  /**
   * The fence is read in the same statement, and its row locked against a change of hands.
   *
   * @return whether the run is still under way in this generation
   */
  public static boolean put(DSLContext sql, RunKey run, long generation, CheckpointRecord entry) {
    Field<java.time.Instant> ended =
        entry.state() == State.STARTED ? DSL.castNull(CHECKPOINT.ENDED_AT) : DatabaseTime.NOW;
    return sql.insertInto(
                CHECKPOINT,
                CHECKPOINT.NAMESPACE,
                CHECKPOINT.RUN_ID,
                CHECKPOINT.STEP_ID,
                CHECKPOINT.ITERATION,
                CHECKPOINT.NAME,
                CHECKPOINT.ATTEMPT,
                CHECKPOINT.INPUT_HASH,
                CHECKPOINT.STATE,
                CHECKPOINT.RESULT,
                CHECKPOINT.STARTED_AT,
                CHECKPOINT.ENDED_AT)
            .select(
                select(
                        RUN.NAMESPACE,
                        RUN.RUN_ID,
                        val(entry.step().stepId()),
                        val(entry.step().iteration()),
                        val(entry.name()),
                        val(entry.attempt()),
                        val(entry.inputHash()),
                        val(entry.state().name()),
                        val(Values.jsonb(entry.result()), CHECKPOINT.RESULT),
                        DatabaseTime.NOW,
                        ended)
                    .from(RUN)
                    .where(RunStatements.isOwned(run, generation))
                    .forShare())
            .onConflict(
                CHECKPOINT.NAMESPACE,
                CHECKPOINT.RUN_ID,
                CHECKPOINT.STEP_ID,
                CHECKPOINT.ITERATION,
                CHECKPOINT.NAME,
                CHECKPOINT.ATTEMPT)
            .doUpdate()
            .set(CHECKPOINT.INPUT_HASH, excluded(CHECKPOINT.INPUT_HASH))
            .set(CHECKPOINT.STATE, excluded(CHECKPOINT.STATE))
            .set(CHECKPOINT.RESULT, excluded(CHECKPOINT.RESULT))
            .set(
                CHECKPOINT.STARTED_AT,
                when(
                        excluded(CHECKPOINT.STATE).eq(State.STARTED.name()),
                        excluded(CHECKPOINT.STARTED_AT))
                    .otherwise(CHECKPOINT.STARTED_AT))
            .set(CHECKPOINT.ENDED_AT, excluded(CHECKPOINT.ENDED_AT))
            .where(mayBecome(entry.state()))
            .execute()
        == 1;
  }

  /** The stored state, that a new one may follow, or that it repeats. */
  private static Condition mayBecome(State state) {
    return CHECKPOINT.STATE.in(
        Arrays.stream(State.values())
            .filter(from -> from == state || from.next().contains(state))
            .map(State::name)
            .toList());
  }

  private static Condition isOf(RunKey run) {
    return CHECKPOINT.NAMESPACE.eq(run.namespace()).and(CHECKPOINT.RUN_ID.eq(run.runId()));
  }

  private static CheckpointRecord read(Record row) {
    return new CheckpointRecord(
        new StepKey(row.get(CHECKPOINT.STEP_ID), row.get(CHECKPOINT.ITERATION)),
        row.get(CHECKPOINT.ATTEMPT),
        row.get(CHECKPOINT.NAME),
        State.valueOf(row.get(CHECKPOINT.STATE)),
        row.get(CHECKPOINT.INPUT_HASH),
        Values.parse(row.get(CHECKPOINT.RESULT)),
        row.get(CHECKPOINT.STARTED_AT),
        row.get(CHECKPOINT.ENDED_AT));
  }
}
