package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.CreateOptions.Adopt;
import dev.pawl.model.CreateOptions.OnChange;
import dev.pawl.model.CreateOptions.Verify;
import dev.pawl.server.workflow.CreatePolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a step says of its create: {@code verify}, {@code onChange}, {@code adopt}. */
final class CreatePolicyGrammar {
  private static final Map<String, Adopt> ADOPT =
      inOrder("never", Adopt.NEVER, "onConflict", Adopt.ON_CONFLICT);
  private static final Map<String, OnChange> ON_CHANGE =
      inOrder("keep", OnChange.KEEP, "fail", OnChange.FAIL, "update", OnChange.UPDATE);
  private static final Map<String, Verify> VERIFY =
      inOrder("always", Verify.ALWAYS, "never", Verify.NEVER);
  private static final String LATER = "replace";

  private final Problems problems;

  CreatePolicyGrammar(Problems problems) {
    this.problems = problems;
  }

  CreatePolicy read(Fields step) {
    return new CreatePolicy(
        verify(step), onChange(step), step.choice("adopt", ADOPT), step.flag("recreate"));
  }

  private @Nullable OnChange onChange(Fields step) {
    JsonNode value = step.any("onChange");
    if (value != null && value.isTextual() && LATER.equals(value.textValue())) {
      problems.at(
          step.path("onChange"), "'replace' is not supported yet; use keep, fail or update");
      return null;
    }
    return step.choice("onChange", ON_CHANGE);
  }

  private @Nullable Verify verify(Fields step) {
    JsonNode value = step.any("verify");
    if (value == null || !value.isObject()) {
      return step.choice("verify", VERIFY);
    }
    Fields fields = Fields.of(problems, step.path("verify"), value);
    Duration age = fields.duration("olderThan");
    if (!fields.has("olderThan")) {
      fields.missing("olderThan", "verify is always, never or {olderThan: 10m}");
    }
    fields.close();
    return age == null ? null : Verify.olderThan(age);
  }

  private static <T> Map<String, T> inOrder(
      String first, T one, String second, T two, String third, T three) {
    Map<String, T> map = inOrder(first, one, second, two);
    map.put(third, three);
    return map;
  }

  private static <T> Map<String, T> inOrder(String first, T one, String second, T two) {
    var map = new LinkedHashMap<String, T>();
    map.put(first, one);
    map.put(second, two);
    return map;
  }
}
