package dev.pawl.server.store.postgres;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.postgres.query.AttemptStatements;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import dev.pawl.server.store.postgres.query.StepStatements;
import dev.pawl.server.store.postgres.query.WaitStatements;
import dev.pawl.server.store.postgres.query.WakeStatements;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Ends that do not come from a run's owner. */
final class EndRun {
  private final Database database;

  EndRun(Database database) {
    this.database = database;
  }

  boolean failAbandoned(RunRecord read, String reason, String message) {
    return database.transaction(sql -> failAbandoned(sql, read, reason, message));
  }

  private static boolean failAbandoned(
      DSLContext sql, RunRecord read, String reason, String message) {
    // Parents are locked before their children, everywhere.
    wakeParent(sql, read);
    if (!RunStatements.lockRunning(sql, read)) {
      return false;
    }
    List<RunKey> children = WaitStatements.openChildren(sql, read);
    List<StepRecord> steps = StepStatements.giveUp(sql, read);
    RunRecord failed = RunStatements.fail(sql, read, reason, message, steps.size()).orElseThrow();
    AttemptStatements.end(sql, failed);
    EventStatements.appendEnd(sql, failed, steps);
    children.forEach(
        child -> requestCancel(sql, child, "the server that ran its parent run vanished"));
    return true;
  }

  Optional<RunRecord> requestCancel(RunKey key, String reason) {
    return database.transaction(sql -> requestCancel(sql, key, reason));
  }

  static Optional<RunRecord> requestCancel(DSLContext sql, RunKey key, String reason) {
    return RunStatements.lock(sql, key).map(run -> requestCancel(sql, run, reason));
  }

  private static RunRecord requestCancel(DSLContext sql, RunRecord run, String reason) {
    if (run.status().hasEnded()) {
      return run;
    }
    if (run.cancelRequestedAt() != null) {
      return RunStatements.askAgain(sql, run).orElse(run);
    }
    if (run.status() == RunStatus.QUEUED) {
      return ended(sql, RunStatements.cancelQueued(sql, run, reason));
    }
    RunRecord asked = RunStatements.askForCancel(sql, run, reason);
    EventStatements.appendRuns(sql, List.of(asked));
    return asked;
  }

  private static RunRecord ended(DSLContext sql, RunRecord run) {
    AttemptStatements.end(sql, run);
    EventStatements.appendRuns(sql, List.of(run));
    wakeParent(sql, run);
    return run;
  }

  private static void wakeParent(DSLContext sql, RunRecord run) {
    RunKey parent = run.parentRun();
    if (parent != null) {
      WakeStatements.wake(sql, parent);
    }
  }
}
