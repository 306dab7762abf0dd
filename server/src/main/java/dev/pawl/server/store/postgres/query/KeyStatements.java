package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.IDEMPOTENCY_KEY;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.StartAnswer;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Idempotency keys, inserted in the transaction of the work they stand for. */
public final class KeyStatements {
  private KeyStatements() {}

  /**
   * Takes a key for a run. Where another transaction is about to, waits for its end.
   *
   * @return what it stands for, when it is taken already
   */
  public static Optional<StartAnswer.Known> take(
      DSLContext sql, RunKey run, Idempotency idempotency) {
    int taken =
        sql.insertInto(IDEMPOTENCY_KEY)
            .set(IDEMPOTENCY_KEY.NAMESPACE, run.namespace())
            .set(IDEMPOTENCY_KEY.RPC, idempotency.rpc())
            .set(IDEMPOTENCY_KEY.KEY, idempotency.key())
            .set(IDEMPOTENCY_KEY.FINGERPRINT, idempotency.fingerprint())
            .set(IDEMPOTENCY_KEY.REQUEST, Values.json(idempotency.request()))
            .set(IDEMPOTENCY_KEY.RUN_ID, run.runId())
            .set(IDEMPOTENCY_KEY.EXPIRES_AT, DatabaseTime.in(idempotency.retention()))
            .onConflictDoNothing()
            .execute();
    return taken == 1 ? Optional.empty() : find(sql, run.namespace(), idempotency);
  }

  /** What a key stands for. */
  public static Optional<StartAnswer.Known> find(
      DSLContext sql, String namespace, Idempotency idempotency) {
    return sql.select(
            IDEMPOTENCY_KEY.RUN_ID,
            IDEMPOTENCY_KEY.FINGERPRINT,
            IDEMPOTENCY_KEY.REQUEST,
            DSL.field(
                IDEMPOTENCY_KEY
                    .REQUEST
                    .isNull()
                    .or(IDEMPOTENCY_KEY.EXPIRES_AT.le(DatabaseTime.NOW))))
        .from(IDEMPOTENCY_KEY)
        .where(IDEMPOTENCY_KEY.NAMESPACE.eq(namespace))
        .and(IDEMPOTENCY_KEY.RPC.eq(idempotency.rpc()))
        .and(IDEMPOTENCY_KEY.KEY.eq(idempotency.key()))
        .fetchOptional(
            row ->
                new StartAnswer.Known(
                    row.value1(), row.value2(), Values.parse(row.value3()), row.value4()));
  }
}
