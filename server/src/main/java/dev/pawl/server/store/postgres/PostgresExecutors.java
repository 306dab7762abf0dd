package dev.pawl.server.store.postgres;

import dev.pawl.server.store.ExecutorStore;
import dev.pawl.server.store.postgres.query.ExecutorStatements;

/** {@link ExecutorStore} on PostgreSQL. */
final class PostgresExecutors implements ExecutorStore {
  private final Database database;

  PostgresExecutors(Database database) {
    this.database = database;
  }

  @Override
  public void register(String executorId, String address) {
    database.write(sql -> ExecutorStatements.register(sql, executorId, address));
  }

  @Override
  public boolean heartbeat(String executorId) {
    return database.signOfLife(sql -> ExecutorStatements.heartbeat(sql, executorId)) == 1;
  }

  @Override
  public void remove(String executorId) {
    database.write(sql -> ExecutorStatements.remove(sql, executorId));
  }

  @Override
  public int removeOthers(String executorId) {
    return database.write(sql -> ExecutorStatements.removeOthers(sql, executorId));
  }
}
