package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RUN_EVENT;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record4;
import org.jooq.RowN;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Appends what watchers are told. The sequences are those that the run's row, locked by this
 * transaction, has just been raised by: so there is no gap, and order is the order of commits.
 */
public final class EventStatements {
  /** What is larger than this is not repeated in events. */
  public static final int VALUE_LIMIT = 64 * 1024;

  private static final String RUN = "RUN";
  private static final String STEP = "STEP";

  /** Of a step that has ended: its row, which nothing changes any more, says the rest. */
  private static final String STEP_ENDED = "STEP_ENDED";

  private static final int ROWS = 1000;
  private static final List<Field<?>> COLUMNS =
      List.of(
          RUN_EVENT.NAMESPACE,
          RUN_EVENT.RUN_ID,
          RUN_EVENT.SEQUENCE,
          RUN_EVENT.AT,
          RUN_EVENT.KIND,
          RUN_EVENT.PAYLOAD);

  private EventStatements() {}

  /** What an event keeps. */
  record Told(String kind, ObjectNode payload) {}

  static Told told(StepRecord step) {
    if (!step.status().hasEnded()) {
      return new Told(STEP, StepJson.write(step, VALUE_LIMIT));
    }
    ObjectNode row = Json.object().put("attempt", step.attempt()).put("step", step.key().stepId());
    if (!step.key().iteration().isEmpty()) {
      row.put("iteration", step.key().iteration());
    }
    return new Told(STEP_ENDED, row);
  }

  /** One event for each run, numbered as its row says. */
  public static void appendRuns(DSLContext sql, List<RunRecord> changed) {
    List<RowN> rows = new ArrayList<>(changed.size());
    for (RunRecord run : changed) {
      rows.add(row(run.key(), run.eventSequence(), RUN, RunJson.write(run)));
    }
    insert(sql, rows);
  }

  /**
   * Events of steps.
   *
   * @param last the sequence that the run's row is now at
   */
  public static void appendSteps(DSLContext sql, RunKey run, long last, List<StepRecord> steps) {
    insert(sql, rows(run, last - steps.size(), steps));
  }

  /** Events of steps, and as the last one that of the run. */
  public static void appendEnd(DSLContext sql, RunRecord run, List<StepRecord> steps) {
    List<RowN> rows = rows(run.key(), run.eventSequence() - steps.size() - 1, steps);
    rows.add(row(run.key(), run.eventSequence(), RUN, RunJson.write(run)));
    insert(sql, rows);
  }

  /**
   * Changes and log lines after a sequence, in one statement: two would miss what comes between.
   * None of a run that was removed: retention leaves its history until the partition goes.
   */
  public static List<RunEvent> list(DSLContext sql, RunKey run, long after, int limit) {
    List<Record4<Long, Instant, String, JSONB>> rows =
        sql.select(RUN_EVENT.SEQUENCE, RUN_EVENT.AT, RUN_EVENT.KIND, RUN_EVENT.PAYLOAD)
            .from(RUN_EVENT)
            .where(RUN_EVENT.NAMESPACE.eq(run.namespace()))
            .and(RUN_EVENT.RUN_ID.eq(run.runId()))
            .and(RUN_EVENT.SEQUENCE.gt(after))
            .and(RunReads.isThere(run))
            .orderBy(RUN_EVENT.SEQUENCE)
            .limit(limit)
            .unionAll(LogStatements.asEvents(run, after, limit))
            .orderBy(DSL.field(DSL.name(RUN_EVENT.SEQUENCE.getName())))
            .limit(limit)
            .fetch();
    List<StepStatements.Id> ids = ended(rows);
    Map<StepStatements.Id, StepRecord> ended =
        ids.isEmpty() ? Map.of() : StepStatements.of(sql, run, ids);
    // A step that is not there has gone with its run: so that is looked at last.
    boolean needsRun =
        ended.size() < ids.size() || rows.stream().anyMatch(row -> row.value3().equals(RUN));
    RunRecord stored = needsRun ? RunReads.find(sql, run).orElse(null) : null;
    if (needsRun && stored == null) {
      return List.of();
    }
    return rows.stream().map(row -> read(row, stored, ended)).toList();
  }

  private static List<StepStatements.Id> ended(List<Record4<Long, Instant, String, JSONB>> rows) {
    return rows.stream()
        .filter(row -> row.value3().equals(STEP_ENDED))
        .map(row -> id(Values.object(row.value4())))
        .distinct()
        .toList();
  }

  private static StepStatements.Id id(ObjectNode payload) {
    return new StepStatements.Id(
        payload.path("attempt").asInt(),
        new StepKey(payload.path("step").asText(), payload.path("iteration").asText()));
  }

  /** As it was told; an output over the limit is left out. */
  private static StepRecord shown(StepRecord stored) {
    JsonNode output = stored.output();
    return output != null && Values.text(output).length() > VALUE_LIMIT
        ? stored.withoutOutput()
        : stored;
  }

  private static RunEvent read(
      Record4<Long, Instant, String, JSONB> row,
      @Nullable RunRecord stored,
      Map<StepStatements.Id, StepRecord> ended) {
    long sequence = row.value1();
    ObjectNode payload = Values.parse(row.value4()) instanceof ObjectNode o ? o : Json.object();
    if (row.value3().equals(STEP_ENDED)) {
      return RunEvent.of(
          sequence,
          row.value2(),
          shown(requireNonNull(ended.get(id(payload)), "a step that has ended has a row")));
    }
    if (stored != null && row.value3().equals(RUN)) {
      return RunEvent.of(
          sequence, row.value2(), RunJson.read(stored, sequence, row.value2(), payload));
    }
    return row.value3().equals(LogStatements.KIND)
        ? RunEvent.of(sequence, row.value2(), LogStatements.read(payload))
        : RunEvent.of(sequence, row.value2(), StepJson.read(payload, row.value2()));
  }

  private static List<RowN> rows(RunKey run, long after, List<StepRecord> steps) {
    List<RowN> rows = new ArrayList<>(steps.size() + 1);
    long sequence = after;
    for (StepRecord step : steps) {
      Told told = told(step);
      rows.add(row(run, ++sequence, told.kind(), told.payload()));
    }
    return rows;
  }

  private static RowN row(RunKey run, long sequence, String kind, ObjectNode payload) {
    return DSL.row(
        List.of(
            run.namespace(), run.runId(), sequence, DatabaseTime.NOW, kind, Values.json(payload)));
  }

  private static void insert(DSLContext sql, List<RowN> rows) {
    for (int from = 0; from < rows.size(); from += ROWS) {
      List<RowN> some = rows.subList(from, Math.min(rows.size(), from + ROWS));
      sql.insertInto(RUN_EVENT, COLUMNS).valuesOfRows(some).execute();
    }
  }
}
