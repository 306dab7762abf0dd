package dev.pawl.sandbox.answer;

/** What becomes of a request under a parent that nobody has made. */
public enum Parents {
  MUST_EXIST,
  TAKEN_FOR_GRANTED
}
