package dev.pawl.server.store.postgres;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.StartAnswer;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.KeyStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import dev.pawl.server.store.postgres.query.StartsStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/** Stores a run with its key: of concurrent duplicates one starts, the others wait to be told. */
final class StartRun {
  private final Database database;
  private final GroupCommit<NewRun, Optional<StartAnswer>> groups;

  StartRun(Database database) {
    this.database = database;
    this.groups = database.groups("pawl-starts", false, StartRun::write);
  }

  StartAnswer run(NewRun run) {
    if (StartsStatement.takes(run)) {
      Idempotency key = run.idempotency();
      Object order = key == null ? run.key() : key.key();
      Optional<StartAnswer> answer = groups.write(run, order, StartsStatement.size(run));
      if (answer.isPresent()) {
        return answer.get();
      }
      Optional<KnownKey> known =
          key == null
              ? Optional.empty()
              : database.read(sql -> KeyStatements.find(sql, run.key().namespace(), key));
      if (known.isPresent()) {
        return new StartAnswer.Known(known.get());
      }
    }
    return alone(run);
  }

  /** Of those with one key the first; the others find it taken. */
  private static List<Optional<StartAnswer>> write(Connection connection, List<NewRun> runs)
      throws SQLException {
    Map<List<String>, NewRun> first = new LinkedHashMap<>();
    for (NewRun run : runs) {
      Idempotency key = run.idempotency();
      first.putIfAbsent(
          key == null
              ? List.of(run.key().namespace(), run.key().runId())
              : List.of(run.key().namespace(), key.rpc(), key.key()),
          run);
    }
    List<NewRun> distinct = List.copyOf(first.values());
    Iterator<Optional<StartAnswer>> stored = StartsStatement.write(connection, distinct).iterator();
    Map<NewRun, Optional<StartAnswer>> started = new IdentityHashMap<>();
    distinct.forEach(run -> started.put(run, stored.next()));
    return runs.stream().map(run -> started.getOrDefault(run, Optional.empty())).toList();
  }

  private StartAnswer alone(NewRun run) {
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
    EventStatements.appendRuns(sql, List.of(stored));
    return new StartAnswer.Started(stored);
  }
}
