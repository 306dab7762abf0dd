package dev.pawl.server.store.postgres;

import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.server.store.WorkflowStore;
import dev.pawl.server.store.postgres.query.WorkflowReads;
import java.util.List;
import java.util.Optional;

/** {@link WorkflowStore} on PostgreSQL. */
final class PostgresWorkflows implements WorkflowStore {
  private final Database database;
  private final PutWorkflow putWorkflow;

  PostgresWorkflows(Database database) {
    this.database = database;
    this.putWorkflow = new PutWorkflow(database);
  }

  @Override
  public PutAnswer put(NewVersion version) {
    return putWorkflow.run(version);
  }

  @Override
  public Optional<StoredWorkflow> find(String namespace, String name, long version) {
    return database.read(sql -> WorkflowReads.find(sql, namespace, name, version));
  }

  @Override
  public List<StoredWorkflow> latest(String namespace, String after, int limit, Detail detail) {
    return database.read(sql -> WorkflowReads.latest(sql, namespace, after, limit, detail));
  }

  @Override
  public List<StoredWorkflow> versions(
      String namespace, String name, long before, int limit, Detail detail) {
    return database.read(
        sql -> WorkflowReads.versions(sql, namespace, name, before, limit, detail));
  }
}
