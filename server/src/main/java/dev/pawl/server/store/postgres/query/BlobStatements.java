package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RUN;
import static dev.pawl.schema.Tables.WORKSPACE;
import static dev.pawl.schema.Tables.WORKSPACE_BLOB;
import static dev.pawl.schema.Tables.WORKSPACE_USE;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Contents of files, and which runs need them. Rows of several blobs are locked in the order of
 * their hashes, so that nobody waits for each other.
 */
public final class BlobStatements {
  private BlobStatements() {}

  /** The run has files from now on. */
  public static void open(DSLContext sql, RunKey run) {
    sql.insertInto(WORKSPACE, WORKSPACE.NAMESPACE, WORKSPACE.RUN_ID, WORKSPACE.CREATED_AT)
        .values(val(run.namespace()), val(run.runId()), DatabaseTime.NOW)
        .onConflictDoNothing()
        .execute();
  }

  /** Reserves those that are stored; a lock keeps each from being deleted meanwhile. */
  public static Set<String> reserve(DSLContext sql, RunKey run, Collection<String> blobs) {
    List<byte[]> hashes = hashes(blobs);
    sql.insertInto(
            WORKSPACE_USE, WORKSPACE_USE.NAMESPACE, WORKSPACE_USE.RUN_ID, WORKSPACE_USE.SHA256)
        .select(
            select(WORKSPACE_BLOB.NAMESPACE, val(run.runId()), WORKSPACE_BLOB.SHA256)
                .from(WORKSPACE_BLOB)
                .where(WORKSPACE_BLOB.NAMESPACE.eq(run.namespace()))
                .and(WORKSPACE_BLOB.SHA256.in(hashes))
                .orderBy(WORKSPACE_BLOB.SHA256)
                .forKeyShare())
        .onConflictDoNothing()
        .execute();
    return sql
        .select(WORKSPACE_USE.SHA256)
        .from(WORKSPACE_USE)
        .where(isUseOf(run))
        .and(WORKSPACE_USE.SHA256.in(hashes))
        .fetch(found -> HexFormat.of().formatHex(found.value1()))
        .stream()
        .collect(Collectors.toSet());
  }

  /** Stores and reserves. An update of what is there waits for whoever is deleting it. */
  public static void put(DSLContext sql, RunKey run, Map<String, byte[]> blobs) {
    sql.insertInto(
            WORKSPACE_BLOB,
            WORKSPACE_BLOB.NAMESPACE,
            WORKSPACE_BLOB.SHA256,
            WORKSPACE_BLOB.CONTENT,
            WORKSPACE_BLOB.CREATED_AT)
        .valuesOfRows(
            new TreeMap<>(blobs)
                .entrySet().stream()
                    .map(
                        blob ->
                            row(
                                val(run.namespace()),
                                val(HexFormat.of().parseHex(blob.getKey())),
                                val(blob.getValue()),
                                DatabaseTime.NOW))
                    .toList())
        .onConflict(WORKSPACE_BLOB.NAMESPACE, WORKSPACE_BLOB.SHA256)
        .doUpdate()
        .set(WORKSPACE_BLOB.CREATED_AT, excluded(WORKSPACE_BLOB.CREATED_AT))
        .execute();
    sql.insertInto(
            WORKSPACE_USE, WORKSPACE_USE.NAMESPACE, WORKSPACE_USE.RUN_ID, WORKSPACE_USE.SHA256)
        .valuesOfRows(
            hashes(blobs.keySet()).stream()
                .map(hash -> row(run.namespace(), run.runId(), hash))
                .toList())
        .onConflictDoNothing()
        .execute();
  }

  public static byte[] content(DSLContext sql, String namespace, String sha256) {
    return sql.select(WORKSPACE_BLOB.CONTENT)
        .from(WORKSPACE_BLOB)
        .where(WORKSPACE_BLOB.NAMESPACE.eq(namespace))
        .and(WORKSPACE_BLOB.SHA256.eq(HexFormat.of().parseHex(sha256)))
        .fetchSingle()
        .value1();
  }

  public static List<RunKey> collectable(DSLContext sql, int limit) {
    return sql.select(WORKSPACE.NAMESPACE, WORKSPACE.RUN_ID)
        .from(WORKSPACE)
        .join(RUN)
        .on(RUN.NAMESPACE.eq(WORKSPACE.NAMESPACE).and(RUN.RUN_ID.eq(WORKSPACE.RUN_ID)))
        .where(isOver())
        .limit(limit)
        .fetch(found -> new RunKey(found.value1(), found.value2()));
  }

  /** Whether nobody will ask for the run's files any more; its row is locked meanwhile. */
  public static boolean isCollectable(DSLContext sql, RunKey run) {
    return !sql.selectOne()
        .from(RUN)
        .where(RunRow.is(run))
        .and(isOver())
        .forShare()
        .fetch()
        .isEmpty();
  }

  private static Condition isOver() {
    return RUN.STATUS.eq(RunStatus.SUCCEEDED.name()).or(RUN.ARCHIVED_AT.isNotNull());
  }

  /** Gives up some reservations of a run; gives their hashes, none when there are no more. */
  public static List<byte[]> release(DSLContext sql, RunKey run, int limit) {
    return sql.deleteFrom(WORKSPACE_USE)
        .where(isUseOf(run))
        .and(
            WORKSPACE_USE.SHA256.in(
                select(WORKSPACE_USE.SHA256)
                    .from(WORKSPACE_USE)
                    .where(isUseOf(run))
                    .orderBy(WORKSPACE_USE.SHA256)
                    .limit(limit)))
        .returningResult(WORKSPACE_USE.SHA256)
        .fetch(found -> found.value1());
  }

  /**
   * Deletes those that no run has reserved. Locked first and looked at in a second statement: who
   * reserved one meanwhile has committed by then, and is seen.
   */
  public static int deleteUnused(DSLContext sql, String namespace, List<byte[]> hashes) {
    sql.select(WORKSPACE_BLOB.SHA256)
        .from(WORKSPACE_BLOB)
        .where(WORKSPACE_BLOB.NAMESPACE.eq(namespace))
        .and(WORKSPACE_BLOB.SHA256.in(hashes))
        .orderBy(WORKSPACE_BLOB.SHA256)
        .forUpdate()
        .fetch();
    return sql.deleteFrom(WORKSPACE_BLOB)
        .where(WORKSPACE_BLOB.NAMESPACE.eq(namespace))
        .and(WORKSPACE_BLOB.SHA256.in(hashes))
        .andNotExists(
            selectOne()
                .from(WORKSPACE_USE)
                .where(WORKSPACE_USE.NAMESPACE.eq(WORKSPACE_BLOB.NAMESPACE))
                .and(WORKSPACE_USE.SHA256.eq(WORKSPACE_BLOB.SHA256)))
        .execute();
  }

  /** The run has no files any more. */
  public static void close(DSLContext sql, RunKey run) {
    sql.deleteFrom(WORKSPACE)
        .where(WORKSPACE.NAMESPACE.eq(run.namespace()))
        .and(WORKSPACE.RUN_ID.eq(run.runId()))
        .execute();
  }

  private static Condition isUseOf(RunKey run) {
    return WORKSPACE_USE.NAMESPACE.eq(run.namespace()).and(WORKSPACE_USE.RUN_ID.eq(run.runId()));
  }

  private static List<byte[]> hashes(Collection<String> blobs) {
    return blobs.stream().sorted().map(HexFormat.of()::parseHex).toList();
  }
}
