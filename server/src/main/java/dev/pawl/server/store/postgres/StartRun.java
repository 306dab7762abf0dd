package dev.pawl.server.store.postgres;

import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.Selection;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.StartAnswer;
import dev.pawl.server.store.postgres.query.AttemptStatements;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.KeyStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Stores a run with its key: of concurrent duplicates one starts, the others wait to be told. */
final class StartRun {
  private final Database database;

  StartRun(Database database) {
    this.database = database;
  }

  StartAnswer run(NewRun run) {
    return database.transaction(sql -> start(sql, run));
  }

  static StartAnswer start(DSLContext sql, NewRun run) {
    if (run.idempotency() != null) {
      Optional<KnownKey> known = KeyStatements.take(sql, run.key(), run.idempotency());
      if (known.isPresent()) {
        return new StartAnswer.Known(known.get());
      }
    }
    RunRecord stored = RunStatements.insert(sql, run);
    AttemptStatements.insert(
        sql,
        stored,
        AttemptReason.START,
        run.requester(),
        run.idempotency() == null ? run.key().runId() : run.idempotency().key(),
        run.definition(),
        run.inputs(),
        Selection.NONE);
    EventStatements.appendRuns(sql, List.of(stored));
    return new StartAnswer.Started(stored);
  }
}
