package dev.pawl.server.language;

/** Why an expression has no value, before it is known where it stands. */
final class NoValue extends Exception {
  private final int offset;

  /**
   * @param offset in the expression, in code points
   */
  NoValue(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
