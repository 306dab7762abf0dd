package dev.pawl.codegen.emit;

import java.util.ArrayList;
import java.util.List;

/** A document's words, made harmless. */
final class Prose {
  private static final int MAX_LENGTH = 400;
  private static final int LINE = 90;

  private Prose() {}

  /** The first paragraph on one line, shortened; for descriptions in data files. */
  static String line(String text) {
    String first = text.strip().split("\n\\s*\n", 2)[0];
    String flat = first.replaceAll("[\\s\\p{Cntrl}\\p{Cf}]+", " ").strip();
    if (flat.length() <= MAX_LENGTH) {
      return flat;
    }
    int cut = flat.lastIndexOf(". ", MAX_LENGTH);
    return cut > LINE ? flat.substring(0, cut + 1) : flat.substring(0, MAX_LENGTH) + "…";
  }

  /** The same for Javadoc: nothing in it ends the comment, starts a tag, or is HTML. */
  static String javadoc(String text) {
    StringBuilder safe = new StringBuilder();
    for (char c : line(text).toCharArray()) {
      boolean plain =
          Character.isLetterOrDigit(c) && c < 128 || " .,:;()'\"-_+=!?%#|~`[]".indexOf(c) >= 0;
      safe.append(plain ? String.valueOf(c) : "&#" + (int) c + ";");
    }
    return wrap(safe.toString());
  }

  private static String wrap(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + word.length() >= LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return String.join("\n", lines);
  }
}
