package dev.pawl.server.store.postgres;

import dev.pawl.model.Json;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.server.store.WorkflowStore.NewVersion;
import dev.pawl.server.store.WorkflowStore.PutAnswer;
import dev.pawl.server.store.postgres.query.KeyStatements;
import dev.pawl.server.store.postgres.query.WorkflowReads;
import dev.pawl.server.store.postgres.query.WorkflowStatements;
import dev.pawl.server.store.postgres.query.WorkflowStatements.Head;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Stores a version under its name's lock, with its key. */
final class PutWorkflow {
  private final Database database;

  PutWorkflow(Database database) {
    this.database = database;
  }

  PutAnswer run(NewVersion put) {
    try {
      return database.transaction(sql -> put(sql, put));
    } catch (NotAsExpected e) {
      return new PutAnswer.Changed(e.latest);
    }
  }

  private static PutAnswer put(DSLContext sql, NewVersion put) {
    Idempotency key = put.idempotency();
    if (key != null) {
      Optional<KnownKey> known = KeyStatements.take(sql, put.namespace(), key);
      if (known.isPresent()) {
        return new PutAnswer.Known(known.get());
      }
    }
    StoredWorkflow stored = store(sql, put);
    if (key != null) {
      KeyStatements.answer(
          sql,
          put.namespace(),
          key,
          "version " + stored.version() + " of workflow " + stored.name(),
          Json.object().put("name", stored.name()).put("version", stored.version()));
    }
    return new PutAnswer.Stored(stored);
  }

  private static StoredWorkflow store(DSLContext sql, NewVersion put) {
    Optional<Head> made = WorkflowStatements.create(sql, put);
    if (made.isPresent()) {
      refuseOther(put, 0);
      return WorkflowStatements.append(sql, put, 1);
    }
    Head head = WorkflowStatements.lock(sql, put);
    refuseOther(put, head.version());
    if (head.fingerprint().equals(put.fingerprint())) {
      return WorkflowReads.find(sql, put.namespace(), put.name(), head.version()).orElseThrow();
    }
    WorkflowStatements.advance(sql, put, head.version() + 1);
    return WorkflowStatements.append(sql, put, head.version() + 1);
  }

  private static void refuseOther(NewVersion put, long latest) {
    Long expected = put.expectedVersion();
    if (expected != null && expected != latest) {
      throw new NotAsExpected(latest);
    }
  }

  /** Takes back the key, and the head of a name that was to be there. */
  private static final class NotAsExpected extends DataAccessException {
    private static final long serialVersionUID = 1;

    private final long latest;

    NotAsExpected(long latest) {
      super("the latest version is " + latest);
      this.latest = latest;
    }
  }
}
