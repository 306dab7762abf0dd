package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.AUDIT_EVENT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jooq.DSLContext;

/** Appends to the audit, in the transaction of what it tells. */
public final class AuditStatements {
  private AuditStatements() {}

  /**
   * Appends.
   *
   * @param actor who decided it
   * @param action the call's name, such as {@code SkipStep}
   * @param subject what it was about, such as {@code run 01K…}
   */
  public static void append(
      DSLContext sql,
      String namespace,
      String actor,
      String action,
      String subject,
      ObjectNode detail) {
    sql.insertInto(AUDIT_EVENT)
        .set(AUDIT_EVENT.NAMESPACE, namespace)
        .set(AUDIT_EVENT.AT, DatabaseTime.NOW)
        .set(AUDIT_EVENT.ACTOR, actor)
        .set(AUDIT_EVENT.ACTION, action)
        .set(AUDIT_EVENT.SUBJECT, subject)
        .set(AUDIT_EVENT.DETAIL, Values.json(detail))
        .execute();
  }
}
