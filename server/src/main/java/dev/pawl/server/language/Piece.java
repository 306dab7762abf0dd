package dev.pawl.server.language;

/** A part of a text that may hold expressions. */
sealed interface Piece {

  /** Text that stands for itself. */
  record Literal(String text) implements Piece {}

  /**
   * An expression.
   *
   * @param source CEL
   * @param offset where it begins in the text, in code points
   */
  record Code(String source, int offset) implements Piece {}
}
