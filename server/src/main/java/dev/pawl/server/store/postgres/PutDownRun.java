package dev.pawl.server.store.postgres;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.PutDown;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.postgres.query.AttemptStatements;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.WaitStatements;
import dev.pawl.server.store.postgres.query.WakeStatements;
import java.util.List;
import java.util.Optional;

/** An owner takes the news of its run, or puts it down. */
final class PutDownRun {
  private final Database database;

  PutDownRun(Database database) {
    this.database = database;
  }

  void run(RunKey key, long generation, PutDown how) throws StaleRunException {
    boolean put =
        database.transaction(
            sql -> {
              Optional<RunRecord> down = WakeStatements.putDown(sql, key, generation, how);
              down.ifPresent(
                  run -> {
                    AttemptStatements.follow(sql, List.of(run), RunStatus.WAITING);
                    EventStatements.appendRuns(sql, List.of(run));
                  });
              return down.isPresent();
            });
    if (!put) {
      throw new StaleRunException(key, generation);
    }
  }

  List<Waiting> takeNews(RunKey key, long generation) throws StaleRunException {
    return database
        .transaction(
            sql ->
                WakeStatements.takeNews(sql, key, generation)
                    .map(run -> WaitStatements.ofAttempt(sql, key, run.attempt())))
        .orElseThrow(() -> new StaleRunException(key, generation));
  }
}
