package dev.pawl.server.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into literals and {@code ${{ }}} expressions. The end of an expression is found by
 * CEL's own rules for strings, comments and braces, so a map literal or a quoted brace may stand in
 * it. {@code $${{} is a literal {@code ${{}.
 */
final class TemplateScanner {
  private static final String OPEN = "${{";

  /** An expression that does not end. */
  static final class Unclosed extends Exception {
    private final int offset;

    Unclosed(int offset) {
      super("the expression that '${{' opens is not closed; '}}' is missing");
      this.offset = offset;
    }

    /** In code points from the text's start. */
    int offset() {
      return offset;
    }
  }

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private int at;

  private TemplateScanner(String text) {
    this.text = text;
  }

  /** Whether the text holds an expression at all. */
  static boolean isTemplate(String text) {
    return text.contains(OPEN);
  }

  static List<Piece> scan(String text) throws Unclosed {
    return new TemplateScanner(text).pieces();
  }

  private List<Piece> pieces() throws Unclosed {
    while (at < text.length()) {
      if (text.startsWith("$" + OPEN, at)) {
        literal.append(OPEN);
        at += OPEN.length() + 1;
      } else if (text.startsWith(OPEN, at)) {
        expression();
      } else {
        literal.append(text.charAt(at++));
      }
    }
    endLiteral();
    return pieces;
  }

  private void expression() throws Unclosed {
    endLiteral();
    int open = at;
    at += OPEN.length();
    int start = at;
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '}' && depth == 0 && text.startsWith("}}", at)) {
        pieces.add(new Piece.Code(text.substring(start, at), text.codePointCount(0, start)));
        at += 2;
        return;
      }
      switch (c) {
        case '\'', '"' -> string(c);
        case '/' -> slash();
        case '{' -> {
          depth++;
          at++;
        }
        case '}' -> {
          depth--;
          at++;
        }
        default -> at++;
      }
    }
    throw new Unclosed(text.codePointCount(0, open));
  }

  private void string(char quote) {
    boolean raw = at > 0 && "rR".indexOf(text.charAt(at - 1)) >= 0;
    String triple = String.valueOf(quote).repeat(3);
    String end = text.startsWith(triple, at) ? triple : String.valueOf(quote);
    at += end.length();
    while (at < text.length() && !text.startsWith(end, at)) {
      at += text.charAt(at) == '\\' && !raw ? 2 : 1;
    }
    at = Math.min(text.length(), at + end.length());
  }

  private void slash() {
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else {
      at++;
    }
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      pieces.add(new Piece.Literal(literal.toString()));
      literal.setLength(0);
    }
  }
}
