package dev.pawl.server.store.postgres;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewData;
import dev.pawl.server.store.PutDataAnswer;
import dev.pawl.server.store.postgres.query.AuditStatements;
import dev.pawl.server.store.postgres.query.EndStatements;
import dev.pawl.server.store.postgres.query.KeyStatements;
import dev.pawl.server.store.postgres.query.PutStatements;
import dev.pawl.server.store.postgres.query.ResourceReads;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Stores data by hand: the version, its audit and its key in one transaction. */
final class PutData {
  private static final String ACTION = "DATA_PUT";

  private final Database database;
  private final PutStatements puts;
  private final EndStatements ends;
  private final ResourceReads reads;

  PutData(Database database, PutStatements puts, EndStatements ends, ResourceReads reads) {
    this.database = database;
    this.puts = puts;
    this.ends = ends;
    this.reads = reads;
  }

  PutDataAnswer run(NewData put) throws MethodException {
    DataLimit.check(put.key(), put.data());
    try {
      return database.transaction(sql -> put(sql, put));
    } catch (Refusal e) {
      return new PutDataAnswer.Refused(e.row);
    } catch (DataAccessException e) {
      if (SqlStates.isDuplicateIn(e, CompleteClaim.OWNERS)) {
        throw Refusals.owned(put.key(), externalId(put), database.read(sql -> owners(sql, put)));
      }
      throw e;
    }
  }

  private PutDataAnswer put(DSLContext sql, NewData put) {
    Idempotency key = put.idempotency();
    if (key != null) {
      Optional<KnownKey> known = KeyStatements.take(sql, put.key().namespace(), key);
      if (known.isPresent()) {
        return new PutDataAnswer.Known(known.get());
      }
    }
    StoredResource before = puts.lock(sql, put.key());
    if (!isFree(before) || !isExpected(before, put)) {
      throw new Refusal(before);
    }
    StoredResource now = puts.put(sql, before, put);
    ends.version(sql, now, put.data(), PutStatements.outcome(before), null);
    if (put.seen() == null) {
      audit(sql, before, now, put);
    } else {
      new Audited(put.seen().note()).append(sql, now);
    }
    if (key != null) {
      KeyStatements.answer(
          sql,
          put.key().namespace(),
          key,
          "version " + now.version() + " of " + put.key(),
          Json.object().put("version", now.version()));
    }
    return new PutDataAnswer.Stored(now);
  }

  private static boolean isFree(StoredResource row) {
    return switch (row.effectiveState()) {
      case CLAIMED, IN_DOUBT -> false;
      case ABSENT, PRESENT, DELETED -> true;
    };
  }

  private static boolean isExpected(StoredResource row, NewData put) {
    boolean stands = row.effectiveState() == ResourceState.PRESENT;
    return (put.expectedVersion() == null || put.expectedVersion() == row.version())
        && !(stands && put.seen() != null);
  }

  private static void audit(
      DSLContext sql, StoredResource before, StoredResource now, NewData put) {
    AuditStatements.append(
        sql,
        put.key(),
        put.actor(),
        ACTION,
        put.actor() + " stored version " + now.version() + " of " + put.key() + " by hand",
        Json.object()
            .put("version", now.version())
            .put("incarnation", now.incarnation())
            .put("stateBefore", before.effectiveState().name())
            .put("externalIdBefore", before.externalId())
            .put("externalId", now.externalId())
            .put("account", now.account()));
  }

  private List<ResourceKey> owners(DSLContext sql, NewData put) {
    StoredResource row = reads.find(sql, put.key());
    String account = put.account() == null ? row.account() : put.account();
    return account == null ? List.of() : reads.owners(sql, put.key(), account, externalId(put));
  }

  private static String externalId(NewData put) {
    return put.externalId() == null ? "" : put.externalId();
  }

  /** Takes back the key, and the row of a resource that was never there. */
  private static final class Refusal extends DataAccessException {
    private static final long serialVersionUID = 1;

    private final transient StoredResource row;

    Refusal(StoredResource row) {
      super(row.key() + " can't be put as asked");
      this.row = row;
    }
  }
}
