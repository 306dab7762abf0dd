package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.STEP_EXECUTION;

import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import java.util.Objects;
import org.jooq.Record;

/** A row of the step table and the noun it stands for. */
final class StepRow {
  private StepRow() {}

  static StepRecord read(Record row) {
    String outcome = row.get(STEP_EXECUTION.OUTCOME);
    return new StepRecord(
        new StepKey(row.get(STEP_EXECUTION.STEP_ID), row.get(STEP_EXECUTION.ITERATION)),
        row.get(STEP_EXECUTION.ATTEMPT),
        row.get(STEP_EXECUTION.ORDINAL),
        row.get(STEP_EXECUTION.NAME),
        row.get(STEP_EXECUTION.MODEL_TYPE),
        row.get(STEP_EXECUTION.METHOD),
        row.get(STEP_EXECUTION.INSTANCE),
        StepStatus.valueOf(row.get(STEP_EXECUTION.STATUS)),
        outcome == null ? null : Outcome.valueOf(outcome),
        row.get(STEP_EXECUTION.FINGERPRINT),
        Values.parse(row.get(STEP_EXECUTION.OUTPUT)),
        StepJson.differs(
            Objects.requireNonNullElse(
                Values.parse(row.get(STEP_EXECUTION.DIFFERS)), Json.object())),
        Fields.texts(
            Objects.requireNonNullElse(
                Values.parse(row.get(STEP_EXECUTION.WARNINGS)), Json.object())),
        StepJson.error(Values.parse(row.get(STEP_EXECUTION.ERROR))),
        row.get(STEP_EXECUTION.TRIES),
        row.get(STEP_EXECUTION.WAITING_FOR),
        row.get(STEP_EXECUTION.STARTED_AT),
        row.get(STEP_EXECUTION.ENDED_AT));
  }
}
