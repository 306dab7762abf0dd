package dev.pawl.server.store.postgres;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.postgres.query.RunStatements;
import dev.pawl.server.store.postgres.query.WaitStatements;
import java.util.Optional;
import org.jooq.DSLContext;

/** Gives up a wait: an approval takes no decision any more, a child run is asked to end. */
final class CloseWait {
  private final Database database;

  CloseWait(Database database) {
    this.database = database;
  }

  Waiting run(RunKey run, long generation, StepKey step, String why) throws StaleRunException {
    return database
        .transaction(sql -> close(sql, run, generation, step, why))
        .orElseThrow(() -> new StaleRunException(run, generation));
  }

  private static Optional<Waiting> close(
      DSLContext sql, RunKey key, long generation, StepKey step, String why) {
    Optional<RunRecord> run =
        RunStatements.lock(sql, key)
            .filter(r -> r.generation() == generation && r.status() == RunStatus.RUNNING);
    if (run.isEmpty()) {
      return Optional.empty();
    }
    int attempt = run.get().attempt();
    boolean closed = WaitStatements.close(sql, key, attempt, step);
    Optional<Waiting> wait = WaitStatements.find(sql, key, attempt, step);
    if (closed && wait.isPresent() && wait.get().childRunId() != null) {
      EndRun.requestCancel(sql, new RunKey(key.namespace(), wait.get().childRunId()), why);
    }
    return wait;
  }
}
