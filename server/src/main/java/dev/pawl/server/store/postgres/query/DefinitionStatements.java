package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.DEFINITION;
import static dev.pawl.schema.Tables.RUN;

import java.time.Duration;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What runs are of: each text once in a namespace, found by its hash. */
public final class DefinitionStatements {
  /** Longer than any transaction that has found it unmarked may last. */
  private static final Duration MARKED = Duration.ofDays(1);

  private DefinitionStatements() {}

  /** By what a text is found. */
  public static String sha(String text) {
    return Values.sha256(text);
  }

  /**
   * Stores it, or sees that it is stored and stays.
   *
   * @return its hash
   */
  static String put(DSLContext sql, String namespace, String text) {
    String sha = sha(text);
    boolean stored =
        sql.fetchExists(
            sql.selectOne()
                .from(DEFINITION)
                .where(DEFINITION.NAMESPACE.eq(namespace))
                .and(DEFINITION.SHA.eq(sha))
                .and(DEFINITION.UNUSED_SINCE.isNull()));
    if (!stored) {
      sql.insertInto(DEFINITION)
          .set(DEFINITION.NAMESPACE, namespace)
          .set(DEFINITION.SHA, sha)
          .set(DEFINITION.TEXT, text)
          .onConflict(DEFINITION.NAMESPACE, DEFINITION.SHA)
          .doUpdate()
          .setNull(DEFINITION.UNUSED_SINCE)
          .execute();
    }
    return sha;
  }

  /**
   * Removes those that no run has been of for a day.
   *
   * @return how many went
   */
  public static int removeUnused(DSLContext sql) {
    return sql.deleteFrom(DEFINITION)
        .where(DEFINITION.UNUSED_SINCE.lt(DatabaseTime.ago(MARKED)))
        .and(isUnused())
        .execute();
  }

  /**
   * Marks those that no run is of. Whoever starts a run takes a marked one for missing, so none
   * goes that a run is about to be of.
   *
   * @return how many were marked
   */
  public static int markUnused(DSLContext sql) {
    return sql.update(DEFINITION)
        .set(DEFINITION.UNUSED_SINCE, DatabaseTime.NOW)
        .where(DEFINITION.UNUSED_SINCE.isNull())
        .and(isUnused())
        .execute();
  }

  private static Condition isUnused() {
    return DSL.notExists(
        DSL.selectOne()
            .from(RUN)
            .where(RUN.NAMESPACE.eq(DEFINITION.NAMESPACE))
            .and(RUN.DEFINITION_SHA.eq(DEFINITION.SHA)));
  }
}
