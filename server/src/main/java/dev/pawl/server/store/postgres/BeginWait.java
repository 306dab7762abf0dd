package dev.pawl.server.store.postgres;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.NewWait;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import dev.pawl.server.store.postgres.query.StepStatements;
import dev.pawl.server.store.postgres.query.WaitStatements;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Writes a step as WAITING, what it waits for, and its child run: all or nothing. */
final class BeginWait {
  private final Database database;

  BeginWait(Database database) {
    this.database = database;
  }

  Optional<Waiting> run(RunKey run, long generation, NewWait wait) throws StaleRunException {
    Optional<Waiting> begun;
    try {
      begun = database.transaction(sql -> begin(sql, run, generation, wait));
    } catch (BeginAttempt.NoLongerAsRead e) {
      return Optional.empty();
    }
    if (begun.isEmpty()) {
      throw new StaleRunException(run, generation);
    }
    return begun;
  }

  /** The fence comes first and locks the parent before its child, as every other write does. */
  private static Optional<Waiting> begin(
      DSLContext sql, RunKey run, long generation, NewWait wait) {
    Optional<Long> fenced =
        RunStatements.advance(sql, run, generation, 1).map(RunChange.Written::sequence);
    if (fenced.isEmpty()) {
      return Optional.empty();
    }
    if (wait.kind() == Waiting.Kind.AGAIN) {
      WaitStatements.replace(sql, run, wait);
    } else if (WaitStatements.insert(sql, run, wait) && wait.child() != null) {
      begin(sql, wait.child());
    }
    Waiting begun =
        WaitStatements.find(sql, run, wait.step().attempt(), wait.step().key()).orElseThrow();
    List<StepRecord> steps = StepStatements.put(sql, run, List.of(told(wait.step(), begun)));
    EventStatements.appendSteps(sql, run, fenced.get(), steps);
    return Optional.of(begun);
  }

  /** Only the database knows when a sleep of so long ends. */
  private static StepRecord told(StepRecord step, Waiting wait) {
    return wait.kind() != Waiting.Kind.TIME || wait.dueAt() == null
        ? step
        : step.waitingFor("until " + wait.dueAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static void begin(DSLContext sql, NewWait.Child child) {
    switch (child) {
      case NewWait.Child.Start start -> StartRun.start(sql, start.run());
      case NewWait.Child.Again again -> BeginAttempt.begin(sql, again.attempt());
      case NewWait.Child.There there -> {
        // It goes on by itself, or has ended.
      }
    }
  }
}
