package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.WORKFLOW;
import static dev.pawl.schema.Tables.WORKFLOW_VERSION;

import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.server.store.WorkflowStore.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** What is stored of workflows. */
public final class WorkflowReads {
  private static final List<Field<?>> SUMMARY =
      List.of(
          WORKFLOW_VERSION.NAMESPACE,
          WORKFLOW_VERSION.NAME,
          WORKFLOW_VERSION.VERSION,
          WORKFLOW_VERSION.DEFINITION_FILE,
          WORKFLOW_VERSION.DEFINITION_SHA,
          WORKFLOW_VERSION.CREATED_AT);

  private WorkflowReads() {}

  public static Optional<StoredWorkflow> find(
      DSLContext sql, String namespace, String name, long version) {
    return sql.selectFrom(WORKFLOW_VERSION)
        .where(isOf(namespace, name))
        .and(version == 0 ? DSL.noCondition() : WORKFLOW_VERSION.VERSION.eq(version))
        .orderBy(WORKFLOW_VERSION.VERSION.desc())
        .limit(1)
        .fetchOptional(WorkflowReads::whole);
  }

  public static List<StoredWorkflow> latest(
      DSLContext sql, String namespace, String after, int limit, Detail detail) {
    Table<?> heads =
        WORKFLOW
            .join(WORKFLOW_VERSION)
            .on(WORKFLOW_VERSION.NAMESPACE.eq(WORKFLOW.NAMESPACE))
            .and(WORKFLOW_VERSION.NAME.eq(WORKFLOW.NAME))
            .and(WORKFLOW_VERSION.VERSION.eq(WORKFLOW.VERSION));
    return sql.select(fields(detail))
        .from(heads)
        .where(WORKFLOW.NAMESPACE.eq(namespace))
        .and(WORKFLOW.NAME.gt(after))
        .orderBy(WORKFLOW.NAME)
        .limit(limit)
        .fetch(row -> read(row, detail));
  }

  public static List<StoredWorkflow> versions(
      DSLContext sql, String namespace, String name, long before, int limit, Detail detail) {
    return sql.select(fields(detail))
        .from(WORKFLOW_VERSION)
        .where(isOf(namespace, name))
        .and(before == 0 ? DSL.noCondition() : WORKFLOW_VERSION.VERSION.lt(before))
        .orderBy(WORKFLOW_VERSION.VERSION.desc())
        .limit(limit)
        .fetch(row -> read(row, detail));
  }

  private static Condition isOf(String namespace, String name) {
    return WORKFLOW_VERSION.NAMESPACE.eq(namespace).and(WORKFLOW_VERSION.NAME.eq(name));
  }

  private static List<Field<?>> fields(Detail detail) {
    List<Field<?>> fields = new ArrayList<>(SUMMARY);
    if (detail == Detail.WHOLE) {
      fields.add(WORKFLOW_VERSION.DEFINITION);
      fields.add(WORKFLOW_VERSION.INPUTS_SCHEMA);
    }
    return fields;
  }

  static StoredWorkflow whole(Record row) {
    return read(row, Detail.WHOLE);
  }

  private static StoredWorkflow read(Record row, Detail detail) {
    boolean whole = detail == Detail.WHOLE;
    return new StoredWorkflow(
        row.get(WORKFLOW_VERSION.NAMESPACE),
        row.get(WORKFLOW_VERSION.NAME),
        row.get(WORKFLOW_VERSION.VERSION),
        whole ? row.get(WORKFLOW_VERSION.DEFINITION) : "",
        row.get(WORKFLOW_VERSION.DEFINITION_FILE),
        row.get(WORKFLOW_VERSION.DEFINITION_SHA),
        whole ? row.get(WORKFLOW_VERSION.INPUTS_SCHEMA) : "",
        row.get(WORKFLOW_VERSION.CREATED_AT));
  }
}
