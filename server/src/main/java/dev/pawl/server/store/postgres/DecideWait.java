package dev.pawl.server.store.postgres;

import dev.pawl.model.Json;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.postgres.query.AuditStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import dev.pawl.server.store.postgres.query.StepStatements;
import dev.pawl.server.store.postgres.query.WaitStatements;
import dev.pawl.server.store.postgres.query.WakeStatements;
import java.util.Optional;
import org.jooq.DSLContext;

/** Stores a decision. The run's row is locked first, so that no end of the wait crosses it. */
final class DecideWait {
  private final Database database;

  DecideWait(Database database) {
    this.database = database;
  }

  Decide.Result run(Decide decide) {
    return database.transaction(sql -> decide(sql, decide));
  }

  private static Decide.Result decide(DSLContext sql, Decide decide) {
    Optional<RunRecord> run = RunStatements.lock(sql, decide.run());
    Optional<Waiting> wait = WaitStatements.approval(sql, decide.run(), decide.step());
    if (run.isEmpty() || wait.isEmpty()) {
      return Decide.Result.NONE_PENDING;
    }
    Waiting.Answer answer = wait.get().answer();
    if (answer != null) {
      return answer.decision() == decide.decision() ? Decide.Result.SAME : Decide.Result.OTHER;
    }
    if (!isPending(sql, run.get(), wait.get())) {
      return Decide.Result.NONE_PENDING;
    }
    WaitStatements.decide(sql, decide, wait.get().attempt());
    AuditStatements.append(
        sql,
        decide.run(),
        decide.by(),
        decide.decision().name(),
        "step " + decide.step() + " of run " + decide.run().runId(),
        Json.object()
            .put("comment", decide.comment())
            .put("attempt", wait.get().attempt())
            .put("prompt", wait.get().prompt()));
    WakeStatements.wake(sql, decide.run());
    return Decide.Result.DECIDED;
  }

  /** After a recovery the wait goes on before its step has been come to again. */
  private static boolean isPending(DSLContext sql, RunRecord run, Waiting wait) {
    return !run.status().hasEnded()
        && wait.attempt() == run.attempt()
        && !wait.closed()
        && StepStatements.status(sql, run.key(), wait.attempt(), wait.step())
                .orElse(StepStatus.WAITING)
            == StepStatus.WAITING;
  }
}
