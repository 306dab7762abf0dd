package dev.pawl.server.store.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.StartAnswer;
import dev.pawl.server.store.postgres.query.DefinitionStatements;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.KeyStatements;
import dev.pawl.server.store.postgres.query.KnownKeysStatement;
import dev.pawl.server.store.postgres.query.RunStatements;
import dev.pawl.server.store.postgres.query.StartsStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** Stores a run with its key: of concurrent duplicates one starts, the others wait to be told. */
final class StartRun {
  private static final int MOST_DEFINED = 10_000;
  private static final int MOST_USED = 50_000;

  private final Database database;
  private final GroupCommit<StartsStatement.Start, Optional<StartAnswer>> groups;

  /** Definitions that are stored: hints only, which each statement looks after. */
  private final Cache<List<String>, Boolean> defined =
      Caffeine.newBuilder().maximumSize(MOST_DEFINED).executor(Runnable::run).build();

  /** Keys that were used lately: likely to be known, which is asked without writing. */
  private final Cache<List<String>, Boolean> used =
      Caffeine.newBuilder().maximumSize(MOST_USED).executor(Runnable::run).build();

  private final GroupCommit<KnownKeysStatement.Asked, Optional<StartAnswer.Known>> reads;

  StartRun(Database database) {
    this.database = database;
    this.reads = database.groupedReads("pawl-keys", KnownKeysStatement::read);
    this.groups = database.groups("pawl-starts", false, StartRun::write);
  }

  StartAnswer run(NewRun run) {
    if (!StartsStatement.takes(run)) {
      return alone(run);
    }
    Idempotency key = run.idempotency();
    List<String> place =
        key == null ? List.of() : List.of(run.key().namespace(), key.rpc(), key.key());
    Optional<StartAnswer> answer = Optional.empty();
    if (used.getIfPresent(place) != null) {
      answer = known(run);
    }
    if (answer.isEmpty()) {
      answer = together(run);
    }
    if (answer.isEmpty()) {
      // Taken just now, by another of the same moment.
      answer = known(run);
    }
    if (key != null) {
      used.put(place, true);
    }
    // One that was not found taken after all has its workflow looked for again, too.
    return answer.orElseGet(() -> run.latest() ? new StartAnswer.Outdated() : alone(run));
  }

  private Optional<StartAnswer> known(NewRun run) {
    Idempotency key = run.idempotency();
    return key == null
        ? Optional.empty()
        : reads
            .write(
                new KnownKeysStatement.Asked(run.key().namespace(), key),
                new Object(),
                key.key().length())
            .map(StartAnswer.class::cast);
  }

  private Optional<StartAnswer> together(NewRun run) {
    Idempotency key = run.idempotency();
    Object order = key == null ? run.key() : key.key();
    String sha = DefinitionStatements.sha(run.definition());
    List<String> place = List.of(run.key().namespace(), sha);
    boolean known = defined.getIfPresent(place) != null;
    StartsStatement.Start start = new StartsStatement.Start(run, sha, known);
    Optional<StartAnswer> answer = groups.write(start, order, start.size());
    if (known && answer.filter(StartAnswer.Outdated.class::isInstance).isPresent()) {
      start = new StartsStatement.Start(run, sha, false);
      answer = groups.write(start, order, start.size());
    }
    if (answer.filter(StartAnswer.Started.class::isInstance).isPresent()) {
      defined.put(place, true);
    }
    return answer;
  }

  /**
   * Of those with one key the first; the others find it taken. In the order of the keys: groups of
   * other servers may have the same ones.
   */
  private static List<Optional<StartAnswer>> write(
      Connection connection, List<StartsStatement.Start> starts) throws SQLException {
    Map<String, StartsStatement.Start> first = new TreeMap<>();
    for (StartsStatement.Start start : starts) {
      NewRun run = start.run();
      Idempotency key = run.idempotency();
      first.putIfAbsent(
          String.join(
              "\n",
              key == null
                  ? List.of(run.key().namespace(), run.key().runId())
                  : List.of(run.key().namespace(), key.rpc(), key.key())),
          start);
    }
    List<StartsStatement.Start> distinct = List.copyOf(first.values());
    Iterator<Optional<StartAnswer>> stored = StartsStatement.write(connection, distinct).iterator();
    Map<StartsStatement.Start, Optional<StartAnswer>> started = new IdentityHashMap<>();
    distinct.forEach(start -> started.put(start, stored.next()));
    return starts.stream().map(start -> started.getOrDefault(start, Optional.empty())).toList();
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
