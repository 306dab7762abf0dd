package dev.pawl.campaign;

import dev.pawl.campaign.Violation.Kind;

/**
 * Violations that are known and being mended: counted apart, so that a new one stands out. A test
 * fails when one of them is not seen any more, so that the list stays true.
 */
public enum Known {
  LATE_PACKET(
      "A process stopped between its last look at the lease and its first byte sends after its"
          + " successor is through: an object that the row does not know, and where the late answer"
          + " is lost nobody says so.") {
    @Override
    boolean is(Result result, Violation violation) {
      return violation.kind() == Kind.FORGOTTEN
          && result.lives().all().stream()
              .flatMap(life -> life.struck().entrySet().stream())
              .anyMatch(e -> Checker.mayBeLate(e.getKey(), e.getValue()));
    }
  };

  private final String words;

  Known(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  abstract boolean is(Result result, Violation violation);

  /** Whether a violation needs no looking into. */
  static boolean covers(Result result, Violation violation) {
    for (Known known : values()) {
      if (known.is(result, violation)) {
        return true;
      }
    }
    return false;
  }
}
