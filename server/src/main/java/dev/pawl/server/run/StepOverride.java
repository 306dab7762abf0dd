package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A step that counts as succeeded because somebody said so.
 *
 * @param key without an iteration: the whole step, also of a forEach
 * @param attempt the latest when it was said; it counts from the next one on
 * @param output what those who consume the step get; JSON null is an output
 * @param reason in the requester's words
 * @param saidAt on the database's clock; when writing, any value means now
 */
public record StepOverride(
    StepKey key, int attempt, JsonNode output, String reason, String requester, Instant saidAt) {
  public StepOverride {
    requireNonNull(key, "key");
    requireNonNull(output, "output");
    requireNonNull(reason, "reason");
    requireNonNull(requester, "requester");
    requireNonNull(saidAt, "saidAt");
  }

  /** Whether a retry that was asked for this takes the step back. */
  public boolean isTakenBackBy(Selection selection) {
    return key.iteration().isEmpty() ? selection.names(key.stepId()) : selection.names(key);
  }
}
