package dev.pawl.server.store.postgres;

import dev.pawl.schema.SqlProfile;
import dev.pawl.server.store.HistoryStore;
import dev.pawl.server.store.postgres.query.DefinitionStatements;
import dev.pawl.server.store.postgres.query.PartitionStatements;
import dev.pawl.server.store.postgres.query.PartitionStatements.Partition;
import dev.pawl.server.store.postgres.query.PastRunStatements;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link HistoryStore} on PostgreSQL: partitions by run id, which is by time. */
final class PostgresHistory implements HistoryStore {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresHistory.class);

  /** Run ids are of the servers' clocks, which may differ from the database's. */
  private static final Duration CLOCKS = Duration.ofDays(1);

  private final Database database;
  private volatile boolean warned;

  PostgresHistory(Database database) {
    this.database = database;
  }

  @Override
  public void prepare(Duration width) {
    if (database.profile() == SqlProfile.PORTABLE) {
      return;
    }
    for (String table : PartitionStatements.TABLES) {
      if (database.read(sql -> missing(sql, table, width)).isPresent()) {
        prepare(table, width);
      }
    }
  }

  private void prepare(String table, Duration width) {
    if (!database.read(PartitionStatements::ordersIdsByTime)) {
      if (!warned) {
        warned = true;
        LOG.warn(
            "the database's collation does not order run ids by time: history is not partitioned"
                + " any further; make the database with the locale C");
      }
      return;
    }
    database.transaction(
        sql -> {
          PartitionStatements.lock(sql, table);
          // Another replica may have been first.
          Optional<Span> next = missing(sql, table, width);
          while (next.isPresent()) {
            PartitionStatements.create(sql, table, next.get().from(), next.get().to());
            next = missing(sql, table, width);
          }
          return true;
        });
  }

  private record Span(Instant from, Instant to) {}

  /** The next partition to make: there is always one whole piece for the time to come. */
  private static Optional<Span> missing(DSLContext sql, String table, Duration width) {
    Instant now = PartitionStatements.now(sql);
    return PartitionStatements.latest(sql, table)
        .filter(end -> end.isBefore(now.plus(width)))
        .map(
            end ->
                // After a long pause, one piece for all of it.
                new Span(end, end.isBefore(now.minus(width)) ? now.plus(CLOCKS) : end.plus(width)));
  }

  @Override
  public int remove(Duration retention, int limit) {
    return database.transaction(
        sql -> PastRunStatements.remove(sql, database.profile(), retention, CLOCKS, limit));
  }

  @Override
  public int drop(Duration retention) {
    if (database.profile() == SqlProfile.PORTABLE) {
      return 0;
    }
    int dropped = 0;
    for (String table : PartitionStatements.TABLES) {
      for (Partition partition : past(table, retention)) {
        dropped += drop(table, partition) ? 1 : 0;
      }
    }
    return dropped;
  }

  private List<Partition> past(String table, Duration retention) {
    return database.read(
        sql -> {
          Instant before = PartitionStatements.now(sql).minus(retention).minus(CLOCKS);
          return PartitionStatements.all(sql, table).stream()
              .filter(p -> p.to() != null && p.to().isBefore(before))
              .filter(p -> !PartitionStatements.hasRuns(sql, p))
              .toList();
        });
  }

  /** Statements that wait for the lock are answered as if they had come later. */
  private boolean drop(String table, Partition partition) {
    return database.transaction(
        sql -> {
          PartitionStatements.lock(sql, table);
          boolean still =
              PartitionStatements.all(sql, table).contains(partition)
                  && !PartitionStatements.hasRuns(sql, partition);
          if (still) {
            PartitionStatements.drop(sql, partition);
          }
          return still;
        });
  }

  @Override
  public int removeDefinitions() {
    // Two commits: starts wait for rows that are being removed, and marking reads all runs.
    int removed = database.write(DefinitionStatements::removeUnused);
    int marked = database.write(DefinitionStatements::markUnused);
    LOG.debug("{} definitions removed, {} marked", removed, marked);
    return removed;
  }
}
