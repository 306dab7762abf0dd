package dev.pawl.conformance;

import static java.util.Objects.requireNonNull;

/**
 * What came of one check.
 *
 * @param check what was asked
 * @param result what came of it
 * @param reason why, in words; empty where it passed
 */
public record CheckResult(Check check, Result result, String reason) {
  /** What may come of a check. */
  public enum Result {
    /** The promise was kept. */
    PASSED,
    /** The promise was broken. */
    FAILED,
    /** Nothing was broken, but the simulator could not show that it was kept. */
    UNPROVEN
  }

  public CheckResult {
    requireNonNull(check, "check");
    requireNonNull(result, "result");
    requireNonNull(reason, "reason");
  }
}
