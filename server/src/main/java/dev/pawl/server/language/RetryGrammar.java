package dev.pawl.server.language;

import static java.util.Objects.requireNonNullElse;

import dev.pawl.model.Reason;
import dev.pawl.server.workflow.Backoff;
import dev.pawl.server.workflow.Retry;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a step's {@code retry}. */
final class RetryGrammar {
  private static final List<String> REASONS =
      Arrays.stream(Reason.values()).map(Enum::name).toList();

  private final Problems problems;

  RetryGrammar(Problems problems) {
    this.problems = problems;
  }

  Retry read(@Nullable Fields retry) {
    if (retry == null) {
      return Retry.NONE;
    }
    if (!retry.has("limit")) {
      retry.missing("limit", "say how often to try again, such as limit: 3");
    }
    int limit = retry.integer("limit", 0, 100, 0);
    Backoff backoff = backoff(retry.map("backoff"));
    Set<Reason> on = reasons(retry);
    retry.close();
    return new Retry(limit, backoff, on);
  }

  private Backoff backoff(@Nullable Fields fields) {
    Backoff def = Backoff.DEFAULT;
    if (fields == null) {
      return def;
    }
    var backoff =
        new Backoff(
            requireNonNullElse(fields.duration("initial"), def.initial()),
            fields.number("factor", 1, 100, def.factor()),
            requireNonNullElse(fields.duration("max"), def.max()),
            fields.number("jitter", 0, 1, def.jitter()));
    fields.close();
    return backoff;
  }

  private Set<Reason> reasons(Fields retry) {
    if (!retry.has("on")) {
      return Retry.TRANSIENT;
    }
    var reasons = EnumSet.noneOf(Reason.class);
    for (Map.Entry<String, Path> name : retry.texts("on").entrySet()) {
      if (REASONS.contains(name.getKey())) {
        reasons.add(Reason.valueOf(name.getKey()));
      } else {
        problems.at(
            name.getValue(),
            "'" + name.getKey() + "' is not a failure's reason, such as UNAVAILABLE",
            name.getKey(),
            REASONS);
      }
    }
    return reasons;
  }
}
