package dev.pawl.server.language;

/** What the language takes at most. */
final class Limits {
  static final int FILE_BYTES = 1 << 20;
  static final int DEPTH = 64;
  static final int NODES = 100_000;
  static final int ALIASES = 100;
  static final int STEPS = 10_000;
  static final int EXPRESSION_LENGTH = 10_000;
  static final int EXPRESSION_DEPTH = 100;

  /** CEL's {@code map} and {@code filter} take time by the square of this: a second or three. */
  static final int COMPREHENSION_ITERATIONS = 20_000;

  static final int VALUE_BYTES = 1 << 20;

  private Limits() {}
}
