package dev.pawl.server.language;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Where each character of a YAML scalar's value stands in the file. The value differs from the
 * source by folding, indentation, doubled quotes and escapes, all of which only touch white space
 * or stand in a known form, so value and source can be walked side by side.
 */
final class ScalarPlaces {
  private static final String SPACE_ESCAPES = "nrt \t_NLPv";

  private final SourceText source;
  private final ScalarStyle style;
  private int at;

  private ScalarPlaces(SourceText source, ScalarStyle style, int at) {
    this.source = source;
    this.style = style;
    this.at = at;
  }

  /**
   * The source index of every code point of the value, and one more for its end.
   *
   * @param start where the scalar's node begins in the source
   */
  static int[] of(SourceText source, int start, ScalarStyle style, String value) {
    var walk = new ScalarPlaces(source, style, start);
    walk.skipProperties();
    walk.skipOpening();
    int[] points = value.codePoints().toArray();
    int[] places = new int[points.length + 1];
    for (int i = 0; i < points.length; i++) {
      places[i] = walk.next(points[i]);
    }
    places[points.length] = walk.at;
    return places;
  }

  private void skipProperties() {
    while (source.at(at) == '&' || source.at(at) == '!') {
      while (source.at(at) > ' ') {
        at++;
      }
      skipSpace();
    }
  }

  private void skipOpening() {
    switch (style) {
      case SINGLE_QUOTED, DOUBLE_QUOTED -> at++;
      case LITERAL, FOLDED -> {
        while (source.at(at) != '\n' && source.at(at) != -1) {
          at++;
        }
      }
      default -> {}
    }
  }

  private int next(int point) {
    return isSpace(point) ? nextSpace() : nextVisible();
  }

  private int nextSpace() {
    int here = at;
    if (isSpace(source.at(at))) {
      at++;
    } else if (atEscape() && SPACE_ESCAPES.indexOf(source.at(at + 1)) >= 0) {
      at += 2;
    }
    return here;
  }

  private int nextVisible() {
    skipSpace();
    while (atEscape() && skippableEscape()) {
      at += 2;
      skipSpace();
    }
    int here = at;
    if (atEscape()) {
      at += escapeLength();
    } else if (style == ScalarStyle.SINGLE_QUOTED && source.at(at) == '\'') {
      at += 2;
    } else {
      at++;
    }
    return here;
  }

  private boolean atEscape() {
    return style == ScalarStyle.DOUBLE_QUOTED && source.at(at) == '\\';
  }

  private boolean skippableEscape() {
    int escaped = source.at(at + 1);
    return escaped == '\n' || escaped == '\r' || SPACE_ESCAPES.indexOf(escaped) >= 0;
  }

  private int escapeLength() {
    return switch (source.at(at + 1)) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }

  private void skipSpace() {
    while (isSpace(source.at(at))) {
      at++;
    }
  }

  private static boolean isSpace(int point) {
    return point == ' ' || point == '\n' || point == '\t' || point == '\r';
  }
}
