package dev.pawl.campaign;

import dev.pawl.campaign.Violation.Kind;
import dev.pawl.campaign.process.Life;
import dev.pawl.campaign.process.Trouble;
import java.util.function.BiPredicate;

/**
 * Violations that are known and being mended: counted apart, so that a new one stands out. A test
 * fails once one of them is not seen any more.
 */
public enum Known {
  LATE_AND_DEAD(
      "A process sends after its lease and dies before it can say so: nobody but the API knows, and"
          + " the second object is shown by 'pawl data audit' only.",
      (result, violation) ->
          (violation.kind() == Kind.SILENTLY_TWICE || violation.kind() == Kind.FORGOTTEN)
              && result.lives().all().stream().anyMatch(Known::isLateAndDead));

  private final String words;
  private final BiPredicate<Result, Violation> test;

  Known(String words, BiPredicate<Result, Violation> test) {
    this.words = words;
    this.test = test;
  }

  private static boolean isLateAndDead(Life life) {
    boolean late =
        life.struck().entrySet().stream()
            .anyMatch(e -> Checker.mayBeLate(e.getKey(), e.getValue()));
    return late
        && life.struck().keySet().stream()
            .anyMatch(t -> t.kind() == Trouble.Kind.DIES || t.kind() == Trouble.Kind.STORE_FAILS);
  }

  public String words() {
    return words;
  }

  /** Whether a violation needs no looking into. */
  static boolean covers(Result result, Violation violation) {
    for (Known known : values()) {
      if (known.test.test(result, violation)) {
        return true;
      }
    }
    return false;
  }
}
