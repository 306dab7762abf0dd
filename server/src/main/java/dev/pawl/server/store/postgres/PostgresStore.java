package dev.pawl.server.store.postgres;

import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.ExecutorStore;
import dev.pawl.server.store.RunStore;

/** All that is stored, on one migrated database. */
public final class PostgresStore {
  private final Database database;
  private final IntentSealer sealer;
  private final Installation installation;
  private final RunStore runs;
  private final ExecutorStore executors;
  private final DataStore data;

  public PostgresStore(Database database, IntentSealer sealer) {
    this.database = database;
    this.sealer = sealer;
    this.installation = new Installation(database);
    this.runs = new PostgresRuns(database);
    this.executors = new PostgresExecutors(database);
    this.data = new PostgresData(database, sealer, installation, null);
  }

  public RunStore runs() {
    return runs;
  }

  public ExecutorStore executors() {
    return executors;
  }

  /** For requests outside a run. */
  public DataStore data() {
    return data;
  }

  /** For the steps of a run: the versions it stores carry its id. */
  public DataStore dataFor(String runId) {
    return new PostgresData(database, sealer, installation, runId);
  }
}
