package dev.pawl.codegen;

import static java.util.Objects.requireNonNull;

/**
 * What came of proving one model.
 *
 * @param type the model type
 * @param result what came of it
 * @param reason why it is not verified; empty where it is
 */
public record Verification(String type, Result result, String reason) {
  /** What may come of proving a model. */
  public enum Result {
    /** It kept every promise. */
    VERIFIED,
    /** It broke one. */
    FAILED,
    /** It broke none, but not all could be shown. */
    UNPROVEN
  }

  public Verification {
    requireNonNull(type, "type");
    requireNonNull(result, "result");
    requireNonNull(reason, "reason");
  }
}
