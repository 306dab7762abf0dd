package dev.pawl.campaign;

import dev.pawl.campaign.Violation.Kind;

/**
 * Violations that are known and being mended: counted apart, so that a new one stands out. A test
 * fails when one of them is not seen any more, so that the list stays true.
 */
public enum Known {
  LATE_PACKET(
      "A process stopped between its last look at the lease and its first byte sends after its"
          + " successor is through: a second object, or one that the row does not know, and where"
          + " the late answer is lost nobody says so.") {
    @Override
    boolean is(Result result, Violation violation) {
      boolean two =
          violation.kind() == Kind.SILENTLY_TWICE && !result.what().strategy().isSafeToRepeat();
      return (two || violation.kind() == Kind.FORGOTTEN)
          && result.lives().all().stream()
              .flatMap(life -> life.struck().entrySet().stream())
              .anyMatch(e -> Checker.mayBeLate(e.getKey(), e.getValue()));
    }
  },
  ID_USED_AGAIN(
      "An id that the API uses again after a removal is taken for the removed object where no"
          + " creation time is compared, and keeps the new object's own key in doubt; with"
          + " NATURAL_KEY that key then counts as absent and is made once more.") {
    @Override
    boolean is(Result result, Violation violation) {
      return result.what().fault().equals(Fault.REMOVED_IDS_REUSED.words());
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
