package dev.pawl.server.store.postgres;

import dev.pawl.server.store.AuditStore;
import dev.pawl.server.store.CheckpointStore;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.ExecutorStore;
import dev.pawl.server.store.HistoryStore;
import dev.pawl.server.store.KeyStore;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.WorkflowStore;
import dev.pawl.server.store.WorkspaceStore;
import dev.pawl.server.store.postgres.query.ResourceRow;

/** All that is stored, on one migrated database. */
public final class PostgresStore {
  private final RunStore runs;
  private final ExecutorStore executors;
  private final DataStore data;
  private final KeyStore keys;
  private final WorkflowStore workflows;
  private final AuditStore audit;
  private final CheckpointStore checkpoints;
  private final WorkspaceStore workspaces;
  private final HistoryStore history;

  public PostgresStore(Database database, IntentSealer sealer) {
    this.runs = new PostgresRuns(database);
    this.executors = new PostgresExecutors(database);
    this.data =
        new PostgresData(
            database,
            ResourceGroups.open(database, new ResourceRow(sealer)),
            sealer,
            new Installation(database),
            null,
            Audited.NOT);
    this.keys = new PostgresKeys(database);
    this.workflows = new PostgresWorkflows(database);
    this.audit = new PostgresAudit(database);
    this.checkpoints = new PostgresCheckpoints(database);
    this.workspaces = new PostgresWorkspaces(database);
    this.history = new PostgresHistory(database);
  }

  public RunStore runs() {
    return runs;
  }

  public ExecutorStore executors() {
    return executors;
  }

  public DataStore data() {
    return data;
  }

  public KeyStore keys() {
    return keys;
  }

  public WorkflowStore workflows() {
    return workflows;
  }

  public AuditStore audit() {
    return audit;
  }

  public CheckpointStore checkpoints() {
    return checkpoints;
  }

  public WorkspaceStore workspaces() {
    return workspaces;
  }

  public HistoryStore history() {
    return history;
  }
}
