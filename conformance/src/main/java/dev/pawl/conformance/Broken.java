package dev.pawl.conformance;

import dev.pawl.conformance.CheckResult.Result;

/** A check that did not pass. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Result result;

  Broken(Result result, String message) {
    super(message);
    this.result = result;
  }

  Result result() {
    return result;
  }

  static void unless(boolean holds, Result otherwise, String message) {
    if (!holds) {
      throw new Broken(otherwise, message);
    }
  }
}
