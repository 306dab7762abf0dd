package dev.pawl.server.store.postgres;

import dev.pawl.server.store.AuditEntry;
import dev.pawl.server.store.AuditStore;
import dev.pawl.server.store.postgres.query.AuditStatements;
import java.util.List;

/** {@link AuditStore} on PostgreSQL. */
final class PostgresAudit implements AuditStore {
  private final Database database;

  PostgresAudit(Database database) {
    this.database = database;
  }

  @Override
  public List<AuditEntry> list(Query query) {
    return database.read(sql -> AuditStatements.list(sql, query));
  }
}
