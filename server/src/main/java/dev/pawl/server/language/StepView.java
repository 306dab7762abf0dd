package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.jspecify.annotations.Nullable;

/**
 * What expressions see of a step that has ended.
 *
 * @param output null JSON when it was skipped or failed; for a forEach the list of the iterations'
 *     outputs in iteration order
 * @param outcome such as {@code CREATED}; null unless it succeeded
 * @param status such as {@code SUCCEEDED}; null where it has not ended
 */
public record StepView(JsonNode output, @Nullable String outcome, @Nullable String status) {
  public StepView {
    requireNonNull(output, "output");
  }

  /** A step skipped by its condition. */
  public static StepView skipped() {
    return new StepView(NullNode.getInstance(), "SKIPPED", "SUCCEEDED");
  }
}
