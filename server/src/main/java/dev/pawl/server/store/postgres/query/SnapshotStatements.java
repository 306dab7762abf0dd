package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.WORKSPACE_SNAPSHOT;

import dev.pawl.server.run.Manifest;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.SnapshotRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.RunChange;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Snapshots of workspaces. */
public final class SnapshotStatements {
  private SnapshotStatements() {}

  /**
   * Inserts, or replaces where the same write comes twice.
   *
   * @param sequence that the run's row is now at
   */
  public static void put(DSLContext sql, RunKey run, long sequence, RunChange.Files files) {
    var manifest = Values.json(ManifestJson.write(files.manifest()));
    sql.insertInto(WORKSPACE_SNAPSHOT)
        .set(WORKSPACE_SNAPSHOT.NAMESPACE, run.namespace())
        .set(WORKSPACE_SNAPSHOT.RUN_ID, run.runId())
        .set(WORKSPACE_SNAPSHOT.ATTEMPT, files.attempt())
        .set(WORKSPACE_SNAPSHOT.STEP_ID, files.step().stepId())
        .set(WORKSPACE_SNAPSHOT.ITERATION, files.step().iteration())
        .set(WORKSPACE_SNAPSHOT.MANIFEST, manifest)
        .set(WORKSPACE_SNAPSHOT.BYTES, files.manifest().bytes())
        .set(WORKSPACE_SNAPSHOT.SEQUENCE, sequence)
        .set(WORKSPACE_SNAPSHOT.CREATED_AT, DatabaseTime.NOW)
        .onConflict(
            WORKSPACE_SNAPSHOT.NAMESPACE,
            WORKSPACE_SNAPSHOT.RUN_ID,
            WORKSPACE_SNAPSHOT.ATTEMPT,
            WORKSPACE_SNAPSHOT.STEP_ID,
            WORKSPACE_SNAPSHOT.ITERATION)
        .doUpdate()
        .set(WORKSPACE_SNAPSHOT.MANIFEST, manifest)
        .set(WORKSPACE_SNAPSHOT.BYTES, files.manifest().bytes())
        .set(WORKSPACE_SNAPSHOT.SEQUENCE, sequence)
        .execute();
  }

  public static List<SnapshotRecord> list(DSLContext sql, RunKey run) {
    return sql.select(
            WORKSPACE_SNAPSHOT.STEP_ID,
            WORKSPACE_SNAPSHOT.ITERATION,
            WORKSPACE_SNAPSHOT.ATTEMPT,
            WORKSPACE_SNAPSHOT.SEQUENCE)
        .from(WORKSPACE_SNAPSHOT)
        .where(isOf(run))
        .orderBy(WORKSPACE_SNAPSHOT.SEQUENCE)
        .fetch(
            row ->
                new SnapshotRecord(
                    new StepKey(row.value1(), row.value2()), row.value3(), row.value4()));
  }

  public static Manifest manifest(DSLContext sql, RunKey run, SnapshotRecord snapshot) {
    return sql.select(WORKSPACE_SNAPSHOT.MANIFEST)
        .from(WORKSPACE_SNAPSHOT)
        .where(isOf(run))
        .and(WORKSPACE_SNAPSHOT.ATTEMPT.eq(snapshot.attempt()))
        .and(WORKSPACE_SNAPSHOT.STEP_ID.eq(snapshot.step().stepId()))
        .and(WORKSPACE_SNAPSHOT.ITERATION.eq(snapshot.step().iteration()))
        .fetchSingle(row -> ManifestJson.read(Objects.requireNonNull(Values.parse(row.value1()))));
  }

  public static void delete(DSLContext sql, RunKey run) {
    sql.deleteFrom(WORKSPACE_SNAPSHOT).where(isOf(run)).execute();
  }

  private static Condition isOf(RunKey run) {
    return WORKSPACE_SNAPSHOT
        .NAMESPACE
        .eq(run.namespace())
        .and(WORKSPACE_SNAPSHOT.RUN_ID.eq(run.runId()));
  }
}
