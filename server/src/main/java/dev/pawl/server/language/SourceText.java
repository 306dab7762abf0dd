package dev.pawl.server.language;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A file's text by code points, each with its line and column. */
final class SourceText {
  private final int[] points;
  private final int[] lineStarts;

  SourceText(String text) {
    points = text.codePoints().toArray();
    var starts = IntStream.builder().add(0);
    for (int i = 0; i < points.length; i++) {
      boolean crLf = points[i] == '\r' && i + 1 < points.length && points[i + 1] == '\n';
      if (points[i] == '\n' || (points[i] == '\r' && !crLf)) {
        starts.add(i + 1);
      }
    }
    lineStarts = starts.build().toArray();
  }

  int length() {
    return points.length;
  }

  /** The code point there, or -1 beyond the end. */
  int at(int index) {
    return index < points.length ? points[index] : -1;
  }

  Place place(int index) {
    int found = Arrays.binarySearch(lineStarts, index);
    int line = found >= 0 ? found : -found - 2;
    return new Place(line + 1, index - lineStarts[line] + 1);
  }
}
