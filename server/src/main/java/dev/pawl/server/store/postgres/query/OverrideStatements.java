package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.STEP_OVERRIDE;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepOverride;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Steps that people have answered for. */
public final class OverrideStatements {
  private OverrideStatements() {}

  /** Inserts, or replaces what was said of the same step before. */
  public static void put(DSLContext sql, RunKey run, StepOverride said) {
    sql.insertInto(STEP_OVERRIDE)
        .set(STEP_OVERRIDE.NAMESPACE, run.namespace())
        .set(STEP_OVERRIDE.RUN_ID, run.runId())
        .set(STEP_OVERRIDE.STEP_ID, said.key().stepId())
        .set(STEP_OVERRIDE.ITERATION, said.key().iteration())
        .set(STEP_OVERRIDE.ATTEMPT, said.attempt())
        .set(STEP_OVERRIDE.OUTPUT, Values.json(said.output()))
        .set(STEP_OVERRIDE.REASON, said.reason())
        .set(STEP_OVERRIDE.REQUESTER, said.requester())
        .set(STEP_OVERRIDE.CREATED_AT, DatabaseTime.NOW)
        .onConflict(
            STEP_OVERRIDE.NAMESPACE,
            STEP_OVERRIDE.RUN_ID,
            STEP_OVERRIDE.STEP_ID,
            STEP_OVERRIDE.ITERATION)
        .doUpdate()
        .set(STEP_OVERRIDE.ATTEMPT, said.attempt())
        .set(STEP_OVERRIDE.OUTPUT, Values.json(said.output()))
        .set(STEP_OVERRIDE.REASON, said.reason())
        .set(STEP_OVERRIDE.REQUESTER, said.requester())
        .set(STEP_OVERRIDE.CREATED_AT, DatabaseTime.NOW)
        .execute();
  }

  public static List<StepOverride> of(DSLContext sql, RunKey run) {
    return sql.selectFrom(STEP_OVERRIDE)
        .where(STEP_OVERRIDE.NAMESPACE.eq(run.namespace()))
        .and(STEP_OVERRIDE.RUN_ID.eq(run.runId()))
        .orderBy(STEP_OVERRIDE.STEP_ID, STEP_OVERRIDE.ITERATION)
        .fetch(OverrideStatements::read);
  }

  private static StepOverride read(Record row) {
    return new StepOverride(
        new StepKey(row.get(STEP_OVERRIDE.STEP_ID), row.get(STEP_OVERRIDE.ITERATION)),
        row.get(STEP_OVERRIDE.ATTEMPT),
        Objects.requireNonNullElse(
            Values.parse(row.get(STEP_OVERRIDE.OUTPUT)), NullNode.getInstance()),
        row.get(STEP_OVERRIDE.REASON),
        row.get(STEP_OVERRIDE.REQUESTER),
        row.get(STEP_OVERRIDE.CREATED_AT));
  }
}
