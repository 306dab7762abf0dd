package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an operation says that it has ended. What is in neither set means that it has not: a status
 * that nobody here knows is waited for, and never taken for an end.
 *
 * @param pointer to its status
 * @param done statuses that mean that it has ended well
 * @param failed statuses that mean that it has made nothing
 */
record EndOf(String pointer, Set<String> done, Set<String> failed) {
  private static final List<String> STATUS = List.of("status", "state", "phase");
  private static final List<String> FLAGS =
      List.of("done", "completed", "complete", "finished", "isdone", "iscomplete", "isfinished");
  private static final Set<String> DONE =
      Set.of(
          "done",
          "success",
          "succeeded",
          "successful",
          "completed",
          "complete",
          "finished",
          "ended",
          "ok");
  private static final Set<String> FAILED =
      Set.of(
          "failed",
          "failure",
          "error",
          "errored",
          "rejected",
          "canceled",
          "cancelled",
          "aborted",
          "timeout",
          "timedout");

  /** Empty where it does not say so in words that are known. */
  static Optional<EndOf> in(Schema operation) {
    Map<String, Schema> fields = operation.properties();
    for (String wanted : STATUS) {
      for (var field : fields.entrySet()) {
        if (Words.plain(field.getKey()).equals(wanted) && field.getValue().isKeyLike()) {
          return byStatus(Pointers.to(field.getKey()), field.getValue());
        }
      }
    }
    return fields.entrySet().stream()
        .filter(f -> FLAGS.contains(Words.plain(f.getKey())))
        .filter(f -> f.getValue().types().contains("boolean"))
        .findFirst()
        .map(f -> new EndOf(Pointers.to(f.getKey()), Set.of("true"), Set.of()));
  }

  private static Optional<EndOf> byStatus(String pointer, Schema status) {
    List<String> values = StatusFinder.enumOf(status);
    if (values.isEmpty()) {
      return Optional.of(new EndOf(pointer, DONE, FAILED));
    }
    Set<String> done = those(values, DONE);
    return done.isEmpty() || done.size() == values.size()
        ? Optional.empty()
        : Optional.of(new EndOf(pointer, done, those(values, FAILED)));
  }

  private static Set<String> those(List<String> values, Set<String> wanted) {
    Set<String> out = new TreeSet<>();
    values.stream().filter(v -> wanted.contains(Words.plain(v))).forEach(out::add);
    return out;
  }
}
