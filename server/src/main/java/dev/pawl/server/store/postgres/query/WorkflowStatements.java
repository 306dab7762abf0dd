package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.WORKFLOW;
import static dev.pawl.schema.Tables.WORKFLOW_VERSION;

import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.server.store.WorkflowStore.NewVersion;
import java.util.Optional;
import org.jooq.DSLContext;

/** The latest version of each workflow, and the versions behind it. */
public final class WorkflowStatements {
  private WorkflowStatements() {}

  /** The latest version of a name, locked. */
  public record Head(long version, String fingerprint) {}

  /** Makes a name's first head, or waits for whoever does; empty when there is one. */
  public static Optional<Head> create(DSLContext sql, NewVersion put) {
    return sql.insertInto(WORKFLOW)
        .set(WORKFLOW.NAMESPACE, put.namespace())
        .set(WORKFLOW.NAME, put.name())
        .set(WORKFLOW.VERSION, 1L)
        .set(WORKFLOW.DEFINITION_SHA, put.fingerprint())
        .set(WORKFLOW.CREATED_AT, DatabaseTime.NOW)
        .set(WORKFLOW.UPDATED_AT, DatabaseTime.NOW)
        .onConflictDoNothing()
        .returningResult(WORKFLOW.VERSION, WORKFLOW.DEFINITION_SHA)
        .fetchOptional(row -> new Head(row.value1(), row.value2()));
  }

  /** Locks the head that there is. */
  public static Head lock(DSLContext sql, NewVersion put) {
    return sql.select(WORKFLOW.VERSION, WORKFLOW.DEFINITION_SHA)
        .from(WORKFLOW)
        .where(WORKFLOW.NAMESPACE.eq(put.namespace()))
        .and(WORKFLOW.NAME.eq(put.name()))
        .forUpdate()
        .fetchSingle(row -> new Head(row.value1(), row.value2()));
  }

  /** Moves a locked head on. */
  public static void advance(DSLContext sql, NewVersion put, long version) {
    sql.update(WORKFLOW)
        .set(WORKFLOW.VERSION, version)
        .set(WORKFLOW.DEFINITION_SHA, put.fingerprint())
        .set(WORKFLOW.UPDATED_AT, DatabaseTime.NOW)
        .where(WORKFLOW.NAMESPACE.eq(put.namespace()))
        .and(WORKFLOW.NAME.eq(put.name()))
        .execute();
  }

  /** Appends the version that a locked head is now at. */
  public static StoredWorkflow append(DSLContext sql, NewVersion put, long version) {
    return sql.insertInto(WORKFLOW_VERSION)
        .set(WORKFLOW_VERSION.NAMESPACE, put.namespace())
        .set(WORKFLOW_VERSION.NAME, put.name())
        .set(WORKFLOW_VERSION.VERSION, version)
        .set(WORKFLOW_VERSION.DEFINITION, put.definition())
        .set(WORKFLOW_VERSION.DEFINITION_FILE, put.definitionFile())
        .set(WORKFLOW_VERSION.DEFINITION_SHA, put.fingerprint())
        .set(WORKFLOW_VERSION.INPUTS_SCHEMA, put.inputsSchema())
        .set(WORKFLOW_VERSION.CREATED_AT, DatabaseTime.NOW)
        .returning()
        .fetchSingle(WorkflowReads::whole);
  }
}
