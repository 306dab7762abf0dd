package dev.pawl.server.store.postgres;

import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.StartAnswer;
import dev.pawl.server.store.postgres.query.AttemptStatements;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.KeyStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import dev.pawl.server.store.postgres.query.StepStatements;
import dev.pawl.server.store.postgres.query.WaitStatements;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Begins a retry or a recovery of a run that is still as it was read. */
final class BeginAttempt {
  private final Database database;

  BeginAttempt(Database database) {
    this.database = database;
  }

  Optional<StartAnswer> run(NewAttempt next) {
    try {
      return Optional.of(database.transaction(sql -> begin(sql, next)));
    } catch (NoLongerAsRead e) {
      return Optional.empty();
    }
  }

  static StartAnswer begin(DSLContext sql, NewAttempt next) {
    if (next.idempotency() != null) {
      Optional<KnownKey> known = KeyStatements.take(sql, next.read().key(), next.idempotency());
      if (known.isPresent()) {
        return new StartAnswer.Known(known.get());
      }
    }
    if (next.read().attempt() == 1 && !AttemptStatements.insertFirst(sql, next.read())) {
      throw new NoLongerAsRead();
    }
    List<StepRecord> lost =
        next.reason() == AttemptReason.RECOVERY ? lose(sql, next.read()) : List.of();
    RunRecord begun = RunStatements.begin(sql, next, lost.size()).orElseThrow(NoLongerAsRead::new);
    AttemptStatements.insert(
        sql,
        begun,
        next.reason(),
        next.requester(),
        next.idempotency() == null ? next.requestId() : next.idempotency().key(),
        next.definition(),
        next.inputs(),
        next.selection());
    if (goesOn(next)) {
      WaitStatements.carryOver(sql, begun);
    }
    EventStatements.appendEnd(sql, begun, lost);
    return new StartAnswer.Started(begun);
  }

  private static List<StepRecord> lose(DSLContext sql, RunRecord read) {
    if (!RunStatements.lockRunning(sql, read)) {
      throw new NoLongerAsRead();
    }
    AttemptStatements.lose(
        sql, read, "EXECUTOR_LOST", "the server that ran it vanished; it was recovered");
    return StepStatements.giveUp(sql, read);
  }

  private static boolean goesOn(NewAttempt next) {
    return next.reason() == AttemptReason.RECOVERY
        && !next.read().recoveryStrategy().equals("restart");
  }

  /** Takes the key back that was taken before. */
  static final class NoLongerAsRead extends DataAccessException {
    private static final long serialVersionUID = 1;

    NoLongerAsRead() {
      super("the run is no longer as it was read");
    }
  }
}
