package dev.pawl.server.store.postgres;

import static java.util.Objects.requireNonNull;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.RunChange.Written;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.postgres.query.AttemptStatements;
import dev.pawl.server.store.postgres.query.BlobStatements;
import dev.pawl.server.store.postgres.query.ChangesStatement;
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
  private final GroupCommit<ChangesStatement.Owned, Optional<Written>> groups;

  RecordChange(Database database) {
    this.database = database;
    this.groups = database.groups("pawl-changes", false, ChangesStatement::write);
  }

  Written run(RunKey run, long generation, RunChange change) throws StaleRunException {
    Optional<Written> written =
        ChangesStatement.takes(change)
            ? groups.write(
                new ChangesStatement.Owned(run, generation, change),
                run,
                ChangesStatement.size(change))
            : database.transaction(sql -> write(sql, run, generation, change));
    return written.orElseThrow(() -> new StaleRunException(run, generation));
  }

  private static Optional<Written> write(
      DSLContext sql, RunKey run, long generation, RunChange change) {
    return change.end() == null
        ? goOn(sql, run, generation, change)
        : end(sql, run, generation, change, change.end());
  }

  private static Optional<Written> goOn(
      DSLContext sql, RunKey run, long generation, RunChange change) {
    int events = change.logged().size() + change.steps().size();
    Optional<Written> fenced = RunStatements.advance(sql, run, generation, events);
    fenced.ifPresent(
        written -> {
          long sequence = written.sequence();
          LogStatements.append(sql, run, generation, sequence - events, change.logged());
          EventStatements.appendSteps(sql, run, sequence, put(sql, run, sequence, change));
        });
    return fenced;
  }

  private static Optional<Written> end(
      DSLContext sql, RunKey run, long generation, RunChange change, RunChange.End end) {
    if (change.wakes() != null) {
      // Parents are locked before their children, everywhere.
      WakeStatements.wake(sql, change.wakes());
    }
    int events = change.logged().size() + change.steps().size();
    Optional<RunRecord> fenced = RunStatements.end(sql, run, generation, end, events + 1);
    fenced.ifPresent(
        ended -> {
          // Before what became of the steps: first they log, then they end.
          LogStatements.append(
              sql, run, generation, ended.eventSequence() - events - 1, change.logged());
          List<StepRecord> steps = put(sql, run, ended.eventSequence(), change);
          AttemptStatements.end(sql, ended);
          EventStatements.appendEnd(sql, ended, steps);
        });
    return fenced.map(ended -> new Written(requireNonNull(ended.endedAt()), ended.eventSequence()));
  }

  private static List<StepRecord> put(DSLContext sql, RunKey run, long sequence, RunChange change) {
    List<StepRecord> steps = StepStatements.put(sql, run, change.steps());
    if (change.files() != null) {
      BlobStatements.open(sql, run);
      SnapshotStatements.put(sql, run, sequence, change.files());
    }
    return steps;
  }
}
