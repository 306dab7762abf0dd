package dev.pawl.codegen.mutate;

/**
 * What came of a case.
 *
 * @param outcome CLEAN, COMPILED, REFUSED, or what is wrong
 * @param detail for people; may be empty
 * @param millis how long it took, compiling left out
 */
record FuzzResult(Outcome outcome, String detail, long millis) {
  /** In which ways a case may end. */
  enum Outcome {
    /** Understood. */
    CLEAN,
    /** Understood, and what was written compiles. */
    COMPILED,
    /** Refused, with a message that names the document. */
    REFUSED,
    /** Refused, and the message does not say which document. */
    NAMELESS,
    /** Ended in an exception that nobody should see. */
    CRASHED,
    /** Did not end in time. */
    ENDLESS,
    /** What was written does not compile. */
    UNCOMPILABLE,
    /** Wrote where it should not. */
    ASTRAY;

    boolean good() {
      return compareTo(REFUSED) <= 0;
    }
  }
}
