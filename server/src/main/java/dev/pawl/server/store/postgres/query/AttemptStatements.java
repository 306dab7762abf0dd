package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.ATTEMPT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.Selection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Row2;
import org.jooq.Row3;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Attempts follow their run's row. That row says all of a first attempt that is the only one, so it
 * gets a row of its own with the second.
 */
public final class AttemptStatements {
  private AttemptStatements() {}

  /**
   * The run's latest attempt, as it stands.
   *
   * @param requestId the call's idempotency key, else the server's own id of it
   * @param definition null where it is that of the attempt before
   * @param inputs likewise
   */
  public static void insert(
      DSLContext sql,
      RunRecord run,
      AttemptReason reason,
      String requester,
      String requestId,
      @Nullable String definition,
      @Nullable ObjectNode inputs,
      Selection selection) {
    sql.insertInto(ATTEMPT)
        .set(ATTEMPT.NAMESPACE, run.key().namespace())
        .set(ATTEMPT.RUN_ID, run.key().runId())
        .set(ATTEMPT.ATTEMPT_, run.attempt())
        .set(ATTEMPT.REASON, reason.name())
        .set(ATTEMPT.REQUESTER, requester)
        .set(ATTEMPT.REQUEST_ID, requestId)
        .set(ATTEMPT.STATUS, run.status().name())
        .set(ATTEMPT.STARTED_AT, DatabaseTime.NOW)
        .set(ATTEMPT.DEFINITION, definition)
        .set(ATTEMPT.INPUTS, Values.jsonb(inputs))
        .set(ATTEMPT.SELECTION, Values.json(SelectionJson.write(selection)))
        .execute();
  }

  /**
   * The first attempt of a run that is to have a second one.
   *
   * @param run as it is before
   * @return false if it has a second one by now
   */
  public static boolean insertFirst(DSLContext sql, RunRecord run) {
    AttemptRecord first = AttemptRecord.first(run);
    return sql.insertInto(ATTEMPT)
            .set(ATTEMPT.NAMESPACE, run.key().namespace())
            .set(ATTEMPT.RUN_ID, run.key().runId())
            .set(ATTEMPT.ATTEMPT_, first.number())
            .set(ATTEMPT.REASON, first.reason().name())
            .set(ATTEMPT.REQUESTER, first.requester())
            .set(ATTEMPT.REQUEST_ID, first.requestId())
            .set(ATTEMPT.STATUS, first.status().name())
            .set(ATTEMPT.STATUS_REASON, first.statusReason())
            .set(ATTEMPT.MESSAGE, first.message())
            .set(ATTEMPT.STARTED_AT, first.startedAt())
            .set(ATTEMPT.ENDED_AT, first.endedAt())
            .set(ATTEMPT.DEFINITION, first.definition())
            .set(ATTEMPT.INPUTS, Values.jsonb(first.inputs()))
            .set(ATTEMPT.SELECTION, Values.json(SelectionJson.write(first.selection())))
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  /** The run's latest attempt has ended as the run has. */
  public static void end(DSLContext sql, RunRecord run) {
    int ended =
        sql.update(ATTEMPT)
            .set(ATTEMPT.STATUS, run.status().name())
            .set(ATTEMPT.STATUS_REASON, run.reason())
            .set(ATTEMPT.MESSAGE, run.message())
            .set(ATTEMPT.ENDED_AT, DatabaseTime.NOW)
            .where(isLatestOf(run))
            .execute();
    check(ended, rows(List.of(run)));
  }

  /** An attempt that is given up without an end of its own. */
  public static void lose(DSLContext sql, RunRecord read, String reason, String message) {
    int lost =
        sql.update(ATTEMPT)
            .set(ATTEMPT.STATUS, RunStatus.FAILED.name())
            .set(ATTEMPT.STATUS_REASON, reason)
            .set(ATTEMPT.MESSAGE, message)
            .set(ATTEMPT.ENDED_AT, DatabaseTime.NOW)
            .where(isLatestOf(read))
            .and(ATTEMPT.ENDED_AT.isNull())
            .execute();
    check(lost, 1);
  }

  /** The latest attempts of runs that all have this status now. */
  public static void follow(DSLContext sql, List<RunRecord> runs, RunStatus status) {
    if (runs.isEmpty()) {
      return;
    }
    List<Row3<String, String, Integer>> latest =
        runs.stream()
            .map(run -> DSL.row(run.key().namespace(), run.key().runId(), run.attempt()))
            .toList();
    int followed =
        sql.update(ATTEMPT)
            .set(ATTEMPT.STATUS, status.name())
            .where(DSL.row(ATTEMPT.NAMESPACE, ATTEMPT.RUN_ID, ATTEMPT.ATTEMPT_).in(latest))
            .execute();
    check(followed, rows(runs));
  }

  /** An attempt that is its run's only one has no row. */
  private static int rows(List<RunRecord> runs) {
    return (int) runs.stream().filter(run -> run.attempt() > 1).count();
  }

  private static void check(int changed, int expected) {
    if (changed != expected) {
      throw new IllegalStateException(
          changed + " rows of attempts followed their runs, where " + expected + " were to");
    }
  }

  private static Condition isLatestOf(RunRecord run) {
    Row2<String, String> key = DSL.row(run.key().namespace(), run.key().runId());
    return DSL.row(ATTEMPT.NAMESPACE, ATTEMPT.RUN_ID)
        .eq(key)
        .and(ATTEMPT.ATTEMPT_.eq(run.attempt()));
  }
}
