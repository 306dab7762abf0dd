package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.STEP_EXECUTION;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Row3;
import org.jooq.RowN;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes step executions, many in one statement. */
public final class StepStatements {
  /** A statement has at most 65,535 parameters; a row takes about twenty. */
  private static final int ROWS = 1000;

  private static final List<Field<?>> COLUMNS =
      List.of(
          STEP_EXECUTION.NAMESPACE,
          STEP_EXECUTION.RUN_ID,
          STEP_EXECUTION.ATTEMPT,
          STEP_EXECUTION.STEP_ID,
          STEP_EXECUTION.ITERATION,
          STEP_EXECUTION.ORDINAL,
          STEP_EXECUTION.NAME,
          STEP_EXECUTION.MODEL_TYPE,
          STEP_EXECUTION.METHOD,
          STEP_EXECUTION.INSTANCE,
          STEP_EXECUTION.STATUS,
          STEP_EXECUTION.OUTCOME,
          STEP_EXECUTION.FINGERPRINT,
          STEP_EXECUTION.OUTPUT,
          STEP_EXECUTION.DIFFERS,
          STEP_EXECUTION.WARNINGS,
          STEP_EXECUTION.ERROR,
          STEP_EXECUTION.TRIES,
          STEP_EXECUTION.WAITING_FOR,
          STEP_EXECUTION.STARTED_AT,
          STEP_EXECUTION.ENDED_AT);

  private static final StepError LOST =
      new StepError(
          "ABORTED",
          "EXECUTOR_LOST",
          "the server that ran it vanished, and did not write down what became of it; the next"
              + " attempt finds out",
          null,
          0,
          List.of());

  /** One step execution of a run. */
  record Id(int attempt, StepKey key) {}

  private StepStatements() {}

  /**
   * Inserts or replaces.
   *
   * @return the steps in the same order, with the times that are now stored
   */
  public static List<StepRecord> put(DSLContext sql, RunKey run, List<StepRecord> steps) {
    Map<Id, StepRecord> newest = new LinkedHashMap<>();
    steps.forEach(step -> newest.put(new Id(step.attempt(), step.key()), step));
    List<StepRecord> rows = List.copyOf(newest.values());
    Map<Id, Record> times = new HashMap<>();
    for (int from = 0; from < rows.size(); from += ROWS) {
      put(sql, run, rows.subList(from, Math.min(rows.size(), from + ROWS)), times);
    }
    List<StepRecord> stored = new ArrayList<>(steps.size());
    for (StepRecord step : steps) {
      Record time = times.get(new Id(step.attempt(), step.key()));
      stored.add(
          time == null
              ? step
              : step.at(time.get(STEP_EXECUTION.STARTED_AT), time.get(STEP_EXECUTION.ENDED_AT)));
    }
    return stored;
  }

  /** Those of a run, by what they are called. */
  static Map<Id, StepRecord> of(DSLContext sql, RunKey run, Collection<Id> ids) {
    List<Row3<Integer, String, String>> keys =
        ids.stream()
            .map(id -> DSL.row(id.attempt(), id.key().stepId(), id.key().iteration()))
            .toList();
    Map<Id, StepRecord> found = new HashMap<>();
    sql.selectFrom(STEP_EXECUTION)
        .where(STEP_EXECUTION.NAMESPACE.eq(run.namespace()))
        .and(STEP_EXECUTION.RUN_ID.eq(run.runId()))
        .and(
            DSL.row(STEP_EXECUTION.ATTEMPT, STEP_EXECUTION.STEP_ID, STEP_EXECUTION.ITERATION)
                .in(keys))
        .fetch(StepRow::read)
        .forEach(step -> found.put(new Id(step.attempt(), step.key()), step));
    return found;
  }

  /** Where a step stands; empty before it was come to. */
  public static Optional<StepStatus> status(DSLContext sql, RunKey run, int attempt, StepKey step) {
    return sql.select(STEP_EXECUTION.STATUS)
        .from(STEP_EXECUTION)
        .where(STEP_EXECUTION.NAMESPACE.eq(run.namespace()))
        .and(STEP_EXECUTION.RUN_ID.eq(run.runId()))
        .and(STEP_EXECUTION.ATTEMPT.eq(attempt))
        .and(STEP_EXECUTION.STEP_ID.eq(step.stepId()))
        .and(STEP_EXECUTION.ITERATION.eq(step.iteration()))
        .fetchOptional(row -> StepStatus.valueOf(row.value1()));
  }

  /**
   * The steps of a run's latest attempt that nobody runs any more: what had begun is CANCELLED,
   * what had not is NOT_RUN.
   */
  public static List<StepRecord> giveUp(DSLContext sql, RunRecord run) {
    Condition begun = STEP_EXECUTION.STATUS.ne(StepStatus.PENDING.name());
    return sql.update(STEP_EXECUTION)
        .set(
            STEP_EXECUTION.STATUS,
            when(begun, StepStatus.CANCELLED.name()).otherwise(StepStatus.NOT_RUN.name()))
        .set(STEP_EXECUTION.ERROR, when(begun, val(Values.json(StepJson.error(LOST)))))
        .set(STEP_EXECUTION.WAITING_FOR, "")
        .set(STEP_EXECUTION.ENDED_AT, DatabaseTime.NOW)
        .where(STEP_EXECUTION.NAMESPACE.eq(run.key().namespace()))
        .and(STEP_EXECUTION.RUN_ID.eq(run.key().runId()))
        .and(STEP_EXECUTION.ATTEMPT.eq(run.attempt()))
        .and(
            STEP_EXECUTION.STATUS.in(
                StepStatus.PENDING.name(), StepStatus.RUNNING.name(), StepStatus.WAITING.name()))
        .returning()
        .fetch(StepRow::read);
  }

  private static void put(
      DSLContext sql, RunKey run, List<StepRecord> steps, Map<Id, Record> times) {
    sql.insertInto(STEP_EXECUTION, COLUMNS)
        .valuesOfRows(steps.stream().map(step -> row(run, step)).toList())
        .onConflict(
            STEP_EXECUTION.NAMESPACE,
            STEP_EXECUTION.RUN_ID,
            STEP_EXECUTION.ATTEMPT,
            STEP_EXECUTION.STEP_ID,
            STEP_EXECUTION.ITERATION)
        .doUpdate()
        .set(replaced())
        .returningResult(
            STEP_EXECUTION.ATTEMPT,
            STEP_EXECUTION.STEP_ID,
            STEP_EXECUTION.ITERATION,
            STEP_EXECUTION.STARTED_AT,
            STEP_EXECUTION.ENDED_AT)
        .fetch()
        .forEach(
            row -> times.put(new Id(row.value1(), new StepKey(row.value2(), row.value3())), row));
  }

  private static RowN row(RunKey run, StepRecord step) {
    List<Field<?>> values = new ArrayList<>(COLUMNS.size());
    values.add(val(run.namespace()));
    values.add(val(run.runId()));
    values.add(val(step.attempt()));
    values.add(val(step.key().stepId()));
    values.add(val(step.key().iteration()));
    values.add(val(step.ordinal()));
    values.add(val(step.name()));
    values.add(val(step.modelType()));
    values.add(val(step.method()));
    values.add(val(step.instance()));
    values.add(val(step.status().name()));
    values.add(val(step.outcome() == null ? null : step.outcome().name(), STEP_EXECUTION.OUTCOME));
    values.add(val(step.fingerprint(), STEP_EXECUTION.FINGERPRINT));
    values.add(val(Values.jsonb(step.output()), STEP_EXECUTION.OUTPUT));
    values.add(val(Values.json(StepJson.differs(step.differs()))));
    values.add(val(Values.json(StepJson.warnings(step.warnings()))));
    values.add(
        val(
            step.error() == null ? null : Values.json(StepJson.error(step.error())),
            STEP_EXECUTION.ERROR));
    values.add(val(step.tries()));
    values.add(val(step.waitingFor()));
    values.add(started(step.startedAt()));
    values.add(step.endedAt() == null ? DSL.castNull(STEP_EXECUTION.ENDED_AT) : DatabaseTime.NOW);
    return DSL.row(values);
  }

  /** Only the database says when; of one that it has said already the row keeps its own. */
  private static Field<Instant> started(@Nullable Instant given) {
    return given == null
        ? DSL.castNull(STEP_EXECUTION.STARTED_AT)
        : StepRecord.age(given).map(DatabaseTime::ago).orElse(DatabaseTime.NOW);
  }

  private static Map<Field<?>, Field<?>> replaced() {
    Map<Field<?>, Field<?>> set = new HashMap<>();
    COLUMNS.subList(5, COLUMNS.size() - 2).forEach(column -> set.put(column, excluded(column)));
    set.put(STEP_EXECUTION.STARTED_AT, kept(STEP_EXECUTION.STARTED_AT));
    set.put(STEP_EXECUTION.ENDED_AT, kept(STEP_EXECUTION.ENDED_AT));
    return set;
  }

  private static Field<Instant> kept(Field<Instant> column) {
    return when(excluded(column).isNotNull(), coalesce(column, excluded(column)));
  }
}
