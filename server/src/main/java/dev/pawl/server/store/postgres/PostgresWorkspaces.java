package dev.pawl.server.store.postgres;

import dev.pawl.server.run.Manifest;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.SnapshotRecord;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.WorkspaceStore;
import dev.pawl.server.store.postgres.query.BlobStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import dev.pawl.server.store.postgres.query.SnapshotStatements;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** {@link WorkspaceStore} on PostgreSQL. */
final class PostgresWorkspaces implements WorkspaceStore {
  private static final int AT_ONCE = 500;

  private final Database database;

  PostgresWorkspaces(Database database) {
    this.database = database;
  }

  @Override
  public List<SnapshotRecord> snapshots(RunKey run) {
    return database.read(sql -> SnapshotStatements.list(sql, run));
  }

  @Override
  public Manifest manifest(RunKey run, SnapshotRecord snapshot) {
    return database.read(sql -> SnapshotStatements.manifest(sql, run, snapshot));
  }

  @Override
  public Set<String> reserve(RunKey run, long generation, Collection<String> blobs)
      throws StaleRunException {
    return fenced(
        run,
        generation,
        sql -> {
          BlobStatements.open(sql, run);
          return BlobStatements.reserve(sql, run, blobs);
        });
  }

  @Override
  public void store(RunKey run, long generation, Map<String, byte[]> blobs)
      throws StaleRunException {
    var unused =
        fenced(
            run,
            generation,
            sql -> {
              BlobStatements.open(sql, run);
              BlobStatements.put(sql, run, blobs);
              return true;
            });
  }

  private <T> T fenced(RunKey run, long generation, Work<T> work) throws StaleRunException {
    Optional<T> done =
        database.transaction(
            sql ->
                RunStatements.fence(sql, run, generation)
                    ? Optional.of(work.run(sql))
                    : Optional.empty());
    return done.orElseThrow(() -> new StaleRunException(run, generation));
  }

  @Override
  public byte[] blob(String namespace, String sha256) {
    return database.read(sql -> BlobStatements.content(sql, namespace, sha256));
  }

  @Override
  public List<RunKey> collectable(int limit) {
    return database.read(sql -> BlobStatements.collectable(sql, limit));
  }

  @Override
  public void collect(RunKey run) {
    boolean goesOn = database.transaction(sql -> forget(sql, run));
    while (goesOn) {
      goesOn = database.transaction(sql -> collectSome(sql, run));
    }
  }

  private static boolean forget(DSLContext sql, RunKey run) {
    boolean over = BlobStatements.isCollectable(sql, run);
    if (over) {
      SnapshotStatements.delete(sql, run);
    }
    return over;
  }

  /** The run stays on the list until nothing of it is left. */
  private static boolean collectSome(DSLContext sql, RunKey run) {
    List<byte[]> released = BlobStatements.release(sql, run, AT_ONCE);
    if (released.isEmpty()) {
      BlobStatements.close(sql, run);
      return false;
    }
    BlobStatements.deleteUnused(sql, run.namespace(), released);
    return true;
  }
}
