package dev.pawl.server.store.postgres;

import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.store.CheckpointStore;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.postgres.query.CheckpointStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import java.util.List;
import java.util.Optional;

/** {@link CheckpointStore} on PostgreSQL. */
final class PostgresCheckpoints implements CheckpointStore {
  private final Database database;

  PostgresCheckpoints(Database database) {
    this.database = database;
  }

  @Override
  public Optional<CheckpointRecord> latest(Question question) {
    return database.read(sql -> CheckpointStatements.latest(sql, question));
  }

  @Override
  public void write(RunKey run, long generation, CheckpointRecord entry) throws StaleRunException {
    boolean written = database.write(sql -> CheckpointStatements.put(sql, run, generation, entry));
    if (written) {
      return;
    }
    if (database.transaction(sql -> RunStatements.fence(sql, run, generation))) {
      throw new IllegalStateException(
          "checkpoint "
              + entry.name()
              + " of step "
              + entry.step()
              + " can't become "
              + entry.state()
              + " from what it is");
    }
    throw new StaleRunException(run, generation);
  }

  @Override
  public List<CheckpointRecord> all(RunKey run) {
    return database.read(sql -> CheckpointStatements.all(sql, run));
  }
}
