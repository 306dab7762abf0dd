package dev.pawl.server.store.postgres.query;

import java.util.List;

/**
 * How PostgreSQL keeps a partition: the migration's words for the first ones, for those to come.
 */
final class StorageParameters {
  /** Rows that are only added are looked at in small portions, so that no vacuum is a long one. */
  private static final String APPENDED =
      "autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05";

  private StorageParameters() {}

  static List<String> of(String table) {
    // A step that takes long is written twice, the second time in place.
    return table.equals("step_execution")
        ? List.of(APPENDED, "fillfactor = 90")
        : List.of(APPENDED);
  }
}
