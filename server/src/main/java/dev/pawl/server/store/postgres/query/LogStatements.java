package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.LOG_LINE;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.run.LogLine;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.RunChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record4;
import org.jooq.RowN;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** Lines that steps have logged. */
public final class LogStatements {
  /** Of the events that {@link #asEvents} gives. */
  static final String KIND = "LOG";

  private static final int ROWS = 1000;
  private static final List<Field<?>> COLUMNS =
      List.of(
          LOG_LINE.NAMESPACE,
          LOG_LINE.RUN_ID,
          LOG_LINE.GENERATION,
          LOG_LINE.NUMBER,
          LOG_LINE.SEQUENCE,
          LOG_LINE.AT,
          LOG_LINE.ATTEMPT,
          LOG_LINE.STEP_ID,
          LOG_LINE.ITERATION,
          LOG_LINE.LEVEL,
          LOG_LINE.MESSAGE);

  private LogStatements() {}

  /**
   * Appends the lines of a change; those that are stored already are left as they are.
   *
   * @param after the sequence before the first one's
   */
  public static void append(
      DSLContext sql, RunKey run, long generation, long after, List<RunChange.Logged> lines) {
    for (int from = 0; from < lines.size(); from += ROWS) {
      int to = Math.min(lines.size(), from + ROWS);
      List<RowN> rows = new ArrayList<>(to - from);
      for (int i = from; i < to; i++) {
        rows.add(row(run, generation, after + i + 1, lines.get(i)));
      }
      sql.insertInto(LOG_LINE, COLUMNS).valuesOfRows(rows).onConflictDoNothing().execute();
    }
  }

  private static RowN row(RunKey run, long generation, long sequence, RunChange.Logged logged) {
    LogLine line = logged.line();
    Duration age = Duration.ofNanos(Math.max(0, System.nanoTime() - logged.nanos()));
    return DSL.row(
        List.of(
            run.namespace(),
            run.runId(),
            generation,
            logged.number(),
            sequence,
            DatabaseTime.ago(age),
            line.attempt(),
            line.step().stepId(),
            line.step().iteration(),
            line.level().name(),
            line.message()));
  }

  public static List<RunEvent> list(DSLContext sql, LogQuery query) {
    Condition where = isAfter(query.run(), query.after()).and(RunReads.isThere(query.run()));
    if (query.stepId() != null) {
      where = where.and(LOG_LINE.STEP_ID.eq(query.stepId()));
    }
    if (query.iteration() != null) {
      where = where.and(LOG_LINE.ITERATION.eq(query.iteration()));
    }
    if (query.attempt() != null) {
      where = where.and(LOG_LINE.ATTEMPT.eq(query.attempt()));
    }
    return sql.selectFrom(LOG_LINE)
        .where(where)
        .orderBy(LOG_LINE.SEQUENCE)
        .limit(query.limit())
        .fetch(
            row ->
                RunEvent.of(
                    row.getSequence(),
                    row.getAt(),
                    new LogLine(
                        new StepKey(row.getStepId(), row.getIteration()),
                        row.getAttempt(),
                        LogLine.Level.valueOf(row.getLevel()),
                        row.getMessage())));
  }

  /** Lines in the columns of {@code run_event}. */
  static Select<Record4<Long, Instant, String, JSONB>> asEvents(RunKey run, long after, int limit) {
    return DSL.select(
            LOG_LINE.SEQUENCE,
            LOG_LINE.AT,
            inline(KIND),
            DSL.jsonbObject(
                key("step").value(LOG_LINE.STEP_ID),
                key("iteration").value(LOG_LINE.ITERATION),
                key("attempt").value(LOG_LINE.ATTEMPT),
                key("level").value(LOG_LINE.LEVEL),
                key("message").value(LOG_LINE.MESSAGE)))
        .from(LOG_LINE)
        .where(isAfter(run, after))
        .and(RunReads.isThere(run))
        .orderBy(LOG_LINE.SEQUENCE)
        .limit(limit);
  }

  static LogLine read(ObjectNode payload) {
    return new LogLine(
        new StepKey(payload.path("step").asText(), payload.path("iteration").asText()),
        payload.path("attempt").asInt(),
        LogLine.Level.valueOf(payload.path("level").asText()),
        payload.path("message").asText());
  }

  private static Condition isAfter(RunKey run, long after) {
    return LOG_LINE
        .NAMESPACE
        .eq(run.namespace())
        .and(LOG_LINE.RUN_ID.eq(run.runId()))
        .and(LOG_LINE.SEQUENCE.gt(after));
  }
}
