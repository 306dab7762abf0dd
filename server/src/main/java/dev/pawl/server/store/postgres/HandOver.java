package dev.pawl.server.store.postgres;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.postgres.query.AttemptStatements;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import java.util.List;
import org.jooq.DSLContext;

/** Runs that change hands without a new attempt. */
final class HandOver {
  private final Database database;

  HandOver(Database database) {
    this.database = database;
  }

  List<RunRecord> claimQueued(String executorId, int limit) {
    return database.transaction(
        sql -> follow(sql, RunStatements.claimQueued(sql, executorId, limit)));
  }

  List<RunRecord> claimWoken(String executorId, int limit) {
    return database.transaction(
        sql -> follow(sql, RunStatements.claimWoken(sql, executorId, limit)));
  }

  private static List<RunRecord> follow(DSLContext sql, List<RunRecord> runs) {
    AttemptStatements.follow(sql, runs, RunStatus.RUNNING);
    EventStatements.appendRuns(sql, runs);
    return runs;
  }
}
