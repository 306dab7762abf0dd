package dev.pawl.server.store.postgres;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.postgres.query.AttemptStatements;
import dev.pawl.server.store.postgres.query.BlobStatements;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.LogStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import dev.pawl.server.store.postgres.query.SnapshotStatements;
import dev.pawl.server.store.postgres.query.StepStatements;
import dev.pawl.server.store.postgres.query.WakeStatements;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Writes what an owner has done. The fence comes first and locks the run. */
final class RecordChange {
  private final Database database;

  RecordChange(Database database) {
    this.database = database;
  }

  void run(RunKey run, long generation, RunChange change) throws StaleRunException {
    boolean written = database.transaction(sql -> write(sql, run, generation, change));
    if (!written) {
      throw new StaleRunException(run, generation);
    }
  }

  private static boolean write(DSLContext sql, RunKey key, long generation, RunChange change) {
    if (change.wakes() != null) {
      // Parents are locked before their children, everywhere.
      WakeStatements.wake(sql, change.wakes());
    }
    Optional<RunRecord> fenced = RunStatements.change(sql, key, generation, change);
    if (fenced.isEmpty()) {
      return false;
    }
    RunRecord run = fenced.get();
    // Before what became of the step: first it logs, then it ends.
    long ends = change.steps().size() + (change.end() == null ? 0 : 1);
    LogStatements.append(sql, run, run.eventSequence() - ends - change.logged().size(), change);
    List<StepRecord> steps = StepStatements.put(sql, key, change.steps());
    if (change.files() != null) {
      BlobStatements.open(sql, key);
      SnapshotStatements.put(sql, run, change.files());
    }
    if (change.end() == null) {
      EventStatements.appendSteps(sql, run, steps);
    } else {
      AttemptStatements.end(sql, run);
      EventStatements.appendEnd(sql, run, steps);
    }
    return true;
  }
}
