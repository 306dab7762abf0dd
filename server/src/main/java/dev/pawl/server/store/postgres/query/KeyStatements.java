package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.IDEMPOTENCY_KEY;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Idempotency keys, inserted in the transaction of the work they stand for. */
public final class KeyStatements {
  private static final Field<Boolean> EXPIRED =
      DSL.field(
              IDEMPOTENCY_KEY.REQUEST.isNull().or(IDEMPOTENCY_KEY.EXPIRES_AT.le(DatabaseTime.NOW)))
          .as("expired");

  private KeyStatements() {}

  /**
   * Takes a key for a run. Where another transaction is about to, waits for its end.
   *
   * @return what it stands for, when it is taken already
   */
  public static Optional<KnownKey> take(DSLContext sql, RunKey run, Idempotency idempotency) {
    return take(sql, run.namespace(), idempotency, run.runId());
  }

  /** Takes a key for what is no run; {@link #answer} follows in the same transaction. */
  public static Optional<KnownKey> take(DSLContext sql, String namespace, Idempotency idempotency) {
    return take(sql, namespace, idempotency, null);
  }

  private static Optional<KnownKey> take(
      DSLContext sql, String namespace, Idempotency idempotency, @Nullable String runId) {
    int taken =
        sql.insertInto(IDEMPOTENCY_KEY)
            .set(IDEMPOTENCY_KEY.NAMESPACE, namespace)
            .set(IDEMPOTENCY_KEY.RPC, idempotency.rpc())
            .set(IDEMPOTENCY_KEY.KEY, idempotency.key())
            .set(IDEMPOTENCY_KEY.FINGERPRINT, idempotency.fingerprint())
            .set(IDEMPOTENCY_KEY.REQUEST, Values.json(idempotency.request()))
            .set(IDEMPOTENCY_KEY.RUN_ID, runId)
            .set(IDEMPOTENCY_KEY.CREATED_AT, DatabaseTime.NOW)
            .set(IDEMPOTENCY_KEY.EXPIRES_AT, DatabaseTime.in(idempotency.retention()))
            .onConflictDoNothing()
            .execute();
    return taken == 1 ? Optional.empty() : find(sql, namespace, idempotency);
  }

  /**
   * Writes down what a key that was just taken stands for.
   *
   * @param subject in words, for whoever uses the key again
   */
  public static void answer(
      DSLContext sql, String namespace, Idempotency idempotency, String subject, JsonNode answer) {
    sql.update(IDEMPOTENCY_KEY)
        .set(IDEMPOTENCY_KEY.SUBJECT, subject)
        .set(IDEMPOTENCY_KEY.ANSWER, Values.json(answer))
        .where(is(namespace, idempotency))
        .execute();
  }

  /** What a key stands for. */
  public static Optional<KnownKey> find(DSLContext sql, String namespace, Idempotency idempotency) {
    return sql.select(
            IDEMPOTENCY_KEY.RUN_ID,
            IDEMPOTENCY_KEY.SUBJECT,
            IDEMPOTENCY_KEY.FINGERPRINT,
            IDEMPOTENCY_KEY.REQUEST,
            IDEMPOTENCY_KEY.ANSWER,
            EXPIRED)
        .from(IDEMPOTENCY_KEY)
        .where(is(namespace, idempotency))
        .fetchOptional(KeyStatements::read);
  }

  /** Replicas may do this at the same time: each takes other rows, or what another has left. */
  public static int shrink(DSLContext sql, int limit) {
    Condition past =
        IDEMPOTENCY_KEY.REQUEST.isNotNull().and(IDEMPOTENCY_KEY.EXPIRES_AT.le(DatabaseTime.NOW));
    var oldest =
        DSL.select(IDEMPOTENCY_KEY.NAMESPACE, IDEMPOTENCY_KEY.RPC, IDEMPOTENCY_KEY.KEY)
            .from(IDEMPOTENCY_KEY)
            .where(past)
            .orderBy(IDEMPOTENCY_KEY.EXPIRES_AT)
            .limit(limit);
    var due =
        DSL.name("due")
            .as(Profile.isPortable(sql) ? oldest.forUpdate() : oldest.forUpdate().skipLocked());
    return sql.with(due)
        .update(IDEMPOTENCY_KEY)
        .setNull(IDEMPOTENCY_KEY.REQUEST)
        .setNull(IDEMPOTENCY_KEY.ANSWER)
        .where(
            DSL.row(IDEMPOTENCY_KEY.NAMESPACE, IDEMPOTENCY_KEY.RPC, IDEMPOTENCY_KEY.KEY)
                .in(
                    DSL.select(
                            due.field(IDEMPOTENCY_KEY.NAMESPACE),
                            due.field(IDEMPOTENCY_KEY.RPC),
                            due.field(IDEMPOTENCY_KEY.KEY))
                        .from(due)))
        .execute();
  }

  private static Condition is(String namespace, Idempotency idempotency) {
    return IDEMPOTENCY_KEY
        .NAMESPACE
        .eq(namespace)
        .and(IDEMPOTENCY_KEY.RPC.eq(idempotency.rpc()))
        .and(IDEMPOTENCY_KEY.KEY.eq(idempotency.key()));
  }

  private static KnownKey read(Record row) {
    return known(
        row.get(IDEMPOTENCY_KEY.RUN_ID),
        row.get(IDEMPOTENCY_KEY.SUBJECT),
        row.get(IDEMPOTENCY_KEY.FINGERPRINT),
        Values.parse(row.get(IDEMPOTENCY_KEY.REQUEST)),
        Values.parse(row.get(IDEMPOTENCY_KEY.ANSWER)),
        row.get(EXPIRED));
  }

  /** What the columns of a row say. */
  static KnownKey known(
      @Nullable String runId,
      @Nullable String subject,
      String fingerprint,
      @Nullable JsonNode request,
      @Nullable JsonNode answer,
      boolean isExpired) {
    return new KnownKey(
        runId == null ? "" : runId,
        subject != null ? subject : runId == null ? "another call" : "run " + runId,
        fingerprint,
        request,
        answer,
        isExpired);
  }
}
