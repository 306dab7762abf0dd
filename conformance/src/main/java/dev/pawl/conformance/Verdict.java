package dev.pawl.conformance;

import dev.pawl.conformance.CheckResult.Result;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of all checks of one model.
 *
 * @param type the model type
 * @param checks one for each {@link Check}, in its order
 */
public record Verdict(String type, List<CheckResult> checks) {
  public Verdict {
    checks = List.copyOf(checks);
  }

  /** Whether every check passed. */
  public boolean verified() {
    return checks.stream().allMatch(c -> c.result() == Result.PASSED);
  }

  /** Whether any promise was broken. */
  public boolean failed() {
    return checks.stream().anyMatch(c -> c.result() == Result.FAILED);
  }

  /** Why it is not verified, the broken promises first; empty where it is. */
  public String reason() {
    return checks.stream()
        .filter(c -> c.result() != Result.PASSED)
        .sorted((a, b) -> a.result().compareTo(b.result()))
        .map(c -> c.check() + " " + c.result() + ": " + c.reason())
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
