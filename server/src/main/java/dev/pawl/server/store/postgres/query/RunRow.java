package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.DEFINITION;
import static dev.pawl.schema.Tables.RUN;

import dev.pawl.server.run.ParentStep;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A row of the run table and the noun it stands for. */
public final class RunRow {
  private static final Field<String> TEXT =
      DSL.field(
              DSL.select(DEFINITION.TEXT)
                  .from(DEFINITION)
                  .where(DEFINITION.NAMESPACE.eq(RUN.NAMESPACE))
                  .and(DEFINITION.SHA.eq(RUN.DEFINITION_SHA)))
          .as("definition");

  /** All that makes a {@link RunRecord}, of a statement's table {@code run}. */
  static final List<Field<?>> FIELDS = fields();

  private RunRow() {}

  public static Condition is(RunKey run) {
    return RUN.NAMESPACE.eq(run.namespace()).and(RUN.RUN_ID.eq(run.runId()));
  }

  static RunRecord read(Record row) {
    return new RunRecord(
        new RunKey(row.get(RUN.NAMESPACE), row.get(RUN.RUN_ID)),
        row.get(RUN.WORKFLOW_NAME),
        row.get(RUN.WORKFLOW_VERSION),
        row.get(TEXT),
        row.get(RUN.DEFINITION_FILE),
        Values.object(row.get(RUN.INPUTS)),
        RunStatus.valueOf(row.get(RUN.STATUS)),
        row.get(RUN.REASON),
        row.get(RUN.MESSAGE),
        row.get(RUN.ATTEMPT),
        row.get(RUN.GENERATION),
        row.get(RUN.EXECUTOR_ID),
        row.get(RUN.RECOVERIES),
        row.get(RUN.RECOVERY_STRATEGY),
        row.get(RUN.MAX_RECOVERIES),
        Values.parse(row.get(RUN.OUTPUTS)),
        row.get(RUN.REQUESTER),
        row.get(RUN.IDEMPOTENCY_KEY),
        row.get(RUN.EVENT_SEQUENCE),
        row.get(RUN.CREATED_AT),
        row.get(RUN.STARTED_AT),
        row.get(RUN.ENDED_AT),
        row.get(RUN.CANCEL_REQUESTED_AT),
        parent(row),
        row.get(RUN.DEPTH),
        row.get(RUN.DEADLINE_AT),
        row.get(RUN.CANCEL_AGAIN_AT),
        row.get(RUN.ARCHIVED_AT));
  }

  private static List<Field<?>> fields() {
    List<Field<?>> fields = new ArrayList<>(List.of(RUN.fields()));
    fields.add(TEXT);
    return List.copyOf(fields);
  }

  private static @Nullable ParentStep parent(Record row) {
    String run = row.get(RUN.PARENT_RUN_ID);
    return run == null
        ? null
        : new ParentStep(
            run, new StepKey(row.get(RUN.PARENT_STEP_ID), row.get(RUN.PARENT_ITERATION)));
  }
}
