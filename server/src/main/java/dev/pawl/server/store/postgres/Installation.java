package dev.pawl.server.store.postgres;

import dev.pawl.server.store.postgres.query.ResourceReads;
import org.jspecify.annotations.Nullable;

/** Who we are, asked once. */
final class Installation {
  private final Database database;
  private volatile @Nullable String id;

  Installation(Database database) {
    this.database = database;
  }

  String id() {
    String known = id;
    if (known == null) {
      known = database.read(ResourceReads::installationId);
      id = known;
    }
    return known;
  }
}
