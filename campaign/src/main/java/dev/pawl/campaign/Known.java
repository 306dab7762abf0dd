package dev.pawl.campaign;

import java.util.function.BiPredicate;

/**
 * Violations that are known and being mended: counted apart, so that a new one stands out. None at
 * present; whoever adds one adds a test that fails once it is not seen any more.
 */
public enum Known {
  ;

  private final String words;
  private final BiPredicate<Result, Violation> test;

  Known(String words, BiPredicate<Result, Violation> test) {
    this.words = words;
    this.test = test;
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
