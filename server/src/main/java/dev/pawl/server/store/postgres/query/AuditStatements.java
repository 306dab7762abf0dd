package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.AUDIT_EVENT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.ResourceKey;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.store.AuditEntry;
import dev.pawl.server.store.AuditStore.Query;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The audit, append-only: each event is written in the transaction of what it tells of. */
public final class AuditStatements {
  private AuditStatements() {}

  /**
   * Appends an event about a resource.
   *
   * @param action in upper snake case
   * @param sentence for a person
   */
  public static void append(
      DSLContext sql,
      ResourceKey key,
      String actor,
      String action,
      String sentence,
      ObjectNode detail) {
    sql.insertInto(AUDIT_EVENT)
        .set(AUDIT_EVENT.NAMESPACE, key.namespace())
        .set(AUDIT_EVENT.AT, DatabaseTime.NOW)
        .set(AUDIT_EVENT.ACTOR, actor)
        .set(AUDIT_EVENT.ACTION, action)
        .set(AUDIT_EVENT.SUBJECT, sentence)
        .set(AUDIT_EVENT.DETAIL, Values.json(detail))
        .set(AUDIT_EVENT.MODEL_TYPE, key.modelType())
        .set(AUDIT_EVENT.INSTANCE, key.instance())
        .set(AUDIT_EVENT.OUTPUT_SPEC, key.outputSpec())
        .execute();
  }

  /** Appends an event about a run; otherwise as above. */
  public static void append(
      DSLContext sql, RunKey run, String actor, String action, String sentence, ObjectNode detail) {
    sql.insertInto(AUDIT_EVENT)
        .set(AUDIT_EVENT.NAMESPACE, run.namespace())
        .set(AUDIT_EVENT.AT, DatabaseTime.NOW)
        .set(AUDIT_EVENT.ACTOR, actor)
        .set(AUDIT_EVENT.ACTION, action)
        .set(AUDIT_EVENT.SUBJECT, sentence)
        .set(AUDIT_EVENT.DETAIL, Values.json(detail))
        .set(AUDIT_EVENT.RUN_ID, run.runId())
        .execute();
  }

  /** Newest first. */
  public static List<AuditEntry> list(DSLContext sql, Query query) {
    return sql.selectFrom(AUDIT_EVENT)
        .where(AUDIT_EVENT.NAMESPACE.eq(query.namespace()))
        .and(filter(query))
        .orderBy(AUDIT_EVENT.ID.desc())
        .limit(query.limit())
        .fetch(AuditStatements::read);
  }

  private static Condition filter(Query query) {
    Condition where = query.before() == 0 ? DSL.noCondition() : AUDIT_EVENT.ID.lt(query.before());
    ResourceKey key = query.key();
    if (key != null) {
      where =
          where
              .and(AUDIT_EVENT.MODEL_TYPE.eq(key.modelType()))
              .and(AUDIT_EVENT.INSTANCE.eq(key.instance()))
              .and(AUDIT_EVENT.OUTPUT_SPEC.eq(key.outputSpec()));
    }
    if (!query.runId().isEmpty()) {
      where = where.and(AUDIT_EVENT.RUN_ID.eq(query.runId()));
    }
    return query.from() == null ? where : where.and(AUDIT_EVENT.AT.ge(query.from()));
  }

  private static AuditEntry read(Record row) {
    String type = row.get(AUDIT_EVENT.MODEL_TYPE);
    String run = row.get(AUDIT_EVENT.RUN_ID);
    return new AuditEntry(
        row.get(AUDIT_EVENT.NAMESPACE),
        row.get(AUDIT_EVENT.ID),
        row.get(AUDIT_EVENT.AT),
        row.get(AUDIT_EVENT.ACTOR),
        row.get(AUDIT_EVENT.ACTION),
        row.get(AUDIT_EVENT.SUBJECT),
        type == null
            ? null
            : new ResourceKey(
                row.get(AUDIT_EVENT.NAMESPACE),
                type,
                row.get(AUDIT_EVENT.INSTANCE),
                row.get(AUDIT_EVENT.OUTPUT_SPEC)),
        run == null ? "" : run,
        Values.object(row.get(AUDIT_EVENT.DETAIL)));
  }
}
