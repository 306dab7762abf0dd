package dev.pawl.server.store.postgres.query;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How PostgreSQL keeps a partition: the migration's words for the first ones, for those to come.
 */
final class StorageParameters {
  /** Rows that are only added are looked at in small portions, so that no vacuum is a long one. */
  private static final String APPENDED =
      "set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)";

  private StorageParameters() {}

  /** What is said of a table after its name. No statement chooses rows by what is in a document. */
  static List<String> of(String table) {
    return switch (table) {
      case "step_execution" ->
          // A step that takes long is written twice, the second time in place.
          List.of(
              APPENDED,
              "set (fillfactor = 90)",
              uncounted("arguments", "output", "differs", "warnings", "error"));
      case "run_event" -> List.of(APPENDED, uncounted("payload"));
      default -> List.of(APPENDED);
    };
  }

  private static String uncounted(String... columns) {
    return Arrays.stream(columns)
        .map(column -> "alter column " + column + " set statistics 0")
        .collect(Collectors.joining(", "));
  }
}
