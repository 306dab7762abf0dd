package dev.pawl.server.language;

import static java.util.Map.entry;

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
      inOrder(entry("never", Adopt.NEVER), entry("onConflict", Adopt.ON_CONFLICT));
  private static final Map<String, OnChange> ON_CHANGE =
      inOrder(
          entry("keep", OnChange.KEEP),
          entry("fail", OnChange.FAIL),
          entry("update", OnChange.UPDATE),
          entry("replace", OnChange.REPLACE));
  private static final Map<String, Verify> VERIFY =
      inOrder(entry("always", Verify.ALWAYS), entry("never", Verify.NEVER));

  private final Problems problems;

  CreatePolicyGrammar(Problems problems) {
    this.problems = problems;
  }

  CreatePolicy read(Fields step) {
    return new CreatePolicy(
        verify(step),
        step.choice("onChange", ON_CHANGE),
        step.choice("adopt", ADOPT),
        step.flag("recreate"));
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

  @SafeVarargs
  private static <T> Map<String, T> inOrder(Map.Entry<String, T>... choices) {
    var map = new LinkedHashMap<String, T>();
    for (Map.Entry<String, T> choice : choices) {
      map.put(choice.getKey(), choice.getValue());
    }
    return map;
  }
}
