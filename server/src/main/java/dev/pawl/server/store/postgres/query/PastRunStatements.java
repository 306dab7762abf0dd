package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.ATTEMPT;
import static dev.pawl.schema.Tables.CHECKPOINT;
import static dev.pawl.schema.Tables.IDEMPOTENCY_KEY;
import static dev.pawl.schema.Tables.RUN;
import static dev.pawl.schema.Tables.STEP_OVERRIDE;
import static dev.pawl.schema.Tables.STEP_WAIT;
import static dev.pawl.schema.Tables.WORKSPACE;
import static dev.pawl.schema.Tables.WORKSPACE_SNAPSHOT;

import dev.pawl.schema.SqlProfile;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row2;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Removes runs past their retention. */
public final class PastRunStatements {
  /** All namespaces with runs, by one look into the key for each. */
  static final String NAMESPACES =
      """
      with recursive ns(namespace) as (
        (select namespace from run order by namespace limit 1)
        union all
        select (select r.namespace from run r where r.namespace > ns.namespace
          order by r.namespace limit 1)
        from ns where ns.namespace is not null
      )
      """;

  /**
   * The oldest first, parents before their children; ids are by time, so what is young is not read.
   */
  private static final String PAST =
      NAMESPACES
          + """
          select p.namespace, p.run_id from ns cross join lateral (
            select r.namespace, r.run_id from run r
            where r.namespace = ns.namespace and r.run_id < ?
              and r.ended_at < now() - ? * interval '1 microsecond'
              and (r.parent_run_id is null or not exists (
                select 1 from run up
                where up.namespace = r.namespace and up.run_id = r.parent_run_id))
              and not exists (
                select 1 from run down
                where down.namespace = r.namespace and down.parent_run_id = r.run_id
                  and down.ended_at is null)
            order by r.run_id limit ?
          ) p order by p.run_id limit ?
          """;

  private static final List<Table<?>> OF_A_RUN =
      List.of(ATTEMPT, CHECKPOINT, STEP_WAIT, STEP_OVERRIDE, WORKSPACE_SNAPSHOT);

  private static final int BLOBS = 100;

  private PastRunStatements() {}

  /**
   * Removes some.
   *
   * @param clocks how far the clock that a run's id is of may be ahead of the database's
   * @return how many
   */
  public static int remove(
      DSLContext sql, SqlProfile profile, Duration retention, Duration clocks, int limit) {
    long micros = TimeUnit.MICROSECONDS.convert(retention);
    String young = RunIds.prefix(PartitionStatements.now(sql).minus(retention).plus(clocks));
    List<Row2<String, String>> past =
        sql.fetch(PAST, young, micros, limit, limit)
            .map(row -> DSL.row(row.get(0, String.class), row.get(1, String.class)));
    if (past.isEmpty()) {
      return 0;
    }
    // Whoever retries one first keeps it.
    var gone =
        sql.deleteFrom(RUN)
            .where(DSL.row(RUN.NAMESPACE, RUN.RUN_ID).in(past))
            .and(RUN.ENDED_AT.lt(DatabaseTime.ago(retention)))
            .returningResult(RUN.NAMESPACE, RUN.RUN_ID, RUN.IDEMPOTENCY_KEY)
            .fetch();
    List<RunKey> runs = gone.map(row -> new RunKey(row.value1(), row.value2()));
    if (!runs.isEmpty()) {
      removeRowsOf(sql, profile, runs);
      gone.forEach(
          row -> {
            if (row.value3() != null) {
              shrink(sql, new RunKey(row.value1(), row.value2()), row.value3());
            }
          });
    }
    return runs.size();
  }

  private static void removeRowsOf(DSLContext sql, SqlProfile profile, List<RunKey> runs) {
    List<Row2<String, String>> ids =
        runs.stream().map(run -> DSL.row(run.namespace(), run.runId())).toList();
    for (Table<?> table : OF_A_RUN) {
      removeFrom(sql, table, ids);
    }
    for (String table : PartitionStatements.TABLES) {
      // Partitions go as a whole.
      String rows = profile == SqlProfile.PORTABLE ? table : table + PartitionStatements.REST;
      removeFrom(sql, DSL.table(DSL.name(rows)), ids);
    }
    sql.select(WORKSPACE.NAMESPACE, WORKSPACE.RUN_ID)
        .from(WORKSPACE)
        .where(DSL.row(WORKSPACE.NAMESPACE, WORKSPACE.RUN_ID).in(ids))
        .fetch(found -> new RunKey(found.value1(), found.value2()))
        .forEach(run -> removeFiles(sql, run));
  }

  private static void removeFrom(DSLContext sql, Table<?> table, List<Row2<String, String>> ids) {
    Field<String> namespace = DSL.field(DSL.name("namespace"), String.class);
    Field<String> runId = DSL.field(DSL.name("run_id"), String.class);
    sql.deleteFrom(table).where(DSL.row(namespace, runId).in(ids)).execute();
  }

  private static void removeFiles(DSLContext sql, RunKey run) {
    List<byte[]> released = BlobStatements.release(sql, run, BLOBS);
    while (!released.isEmpty()) {
      BlobStatements.deleteUnused(sql, run.namespace(), released);
      released = BlobStatements.release(sql, run, BLOBS);
    }
    BlobStatements.close(sql, run);
  }

  /** A late replay is refused with the run's id, never run as new work. */
  private static void shrink(DSLContext sql, RunKey run, String key) {
    sql.update(IDEMPOTENCY_KEY)
        .setNull(IDEMPOTENCY_KEY.REQUEST)
        .setNull(IDEMPOTENCY_KEY.ANSWER)
        .where(IDEMPOTENCY_KEY.NAMESPACE.eq(run.namespace()))
        .and(IDEMPOTENCY_KEY.RPC.in("StartRun", "ExecuteMethod"))
        .and(IDEMPOTENCY_KEY.KEY.eq(key))
        .and(IDEMPOTENCY_KEY.RUN_ID.eq(run.runId()))
        .execute();
  }
}
