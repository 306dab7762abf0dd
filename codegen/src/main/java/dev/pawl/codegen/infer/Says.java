package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import java.util.List;
import java.util.Set;

/**
 * What an operation's own words say that it does. Words are weak: they only ever decide where the
 * document's structure leaves two readings.
 */
final class Says {
  private static final Set<String> MAKING =
      Set.of(
          "create",
          "creates",
          "new",
          "insert",
          "inserts",
          "register",
          "registers",
          "declare",
          "declares",
          "upsert",
          "upserts",
          "provision",
          "provisions");
  private static final Set<String> CHANGING =
      Set.of(
          "update",
          "updates",
          "replace",
          "replaces",
          "modify",
          "modifies",
          "edit",
          "edits",
          "set",
          "sets",
          "change",
          "changes",
          "overwrite",
          "enable",
          "disable",
          "accept",
          "add",
          "adds",
          "assign",
          "assigns",
          "attach",
          "attaches",
          "associate",
          "move",
          "star",
          "follow",
          "block",
          "mark",
          "link",
          "patch",
          "rename",
          "stop",
          "start",
          "cancel",
          "configure",
          "convert");

  private static final Set<String> UPDATING =
      Set.of(
          "update",
          "updates",
          "upsert",
          "upserts",
          "edit",
          "edits",
          "modify",
          "modifies",
          "replace",
          "replaces",
          "change",
          "changes",
          "overwrite",
          "overwrites",
          "patch");

  private Says() {}

  /** Whether its summary, operationId or path has a word for changing what there is. */
  static boolean updates(ApiOperation operation) {
    return Words.split(operation.summary()).stream().limit(3).anyMatch(UPDATING::contains)
        || Words.split(operation.operationId()).stream().anyMatch(UPDATING::contains)
        || UPDATING.contains(Words.snake(operation.path().lastSegment()));
  }

  /** Whether its summary begins with, or its operationId holds, a word for making. */
  static boolean makes(ApiOperation operation) {
    List<String> id = Words.split(operation.operationId());
    boolean first = MAKING.contains(first(operation.summary()));
    return first || (id.stream().anyMatch(MAKING::contains) && !changes(operation.summary()));
  }

  /** Whether its words begin with one for changing or attaching. */
  static boolean changes(ApiOperation operation) {
    return changes(operation.summary())
        || (!makes(operation)
            && Words.split(operation.operationId()).stream().anyMatch(CHANGING::contains));
  }

  private static boolean changes(String summary) {
    return CHANGING.contains(first(summary));
  }

  private static String first(String summary) {
    List<String> words = Words.split(summary);
    return words.isEmpty() ? "" : words.get(0);
  }
}
