package dev.pawl.server.store.postgres;

import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KeyStore;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.postgres.query.KeyStatements;
import java.util.Optional;

/** {@link KeyStore} on PostgreSQL. */
final class PostgresKeys implements KeyStore {
  private final Database database;

  PostgresKeys(Database database) {
    this.database = database;
  }

  @Override
  public Optional<KnownKey> find(String namespace, Idempotency key) {
    return database.read(sql -> KeyStatements.find(sql, namespace, key));
  }

  @Override
  public int shrink(int limit) {
    return database.write(sql -> KeyStatements.shrink(sql, limit));
  }
}
