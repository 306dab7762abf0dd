package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A document's words, made harmless. */
final class Prose {
  private static final int MAX_LENGTH = 400;
  private static final int LINE = 84;
  private static final int MAX_VALUES = 12;
  private static final int MAX_VALUE_LENGTH = 40;

  /** What may stand in a comment as it is; neither {@code *} nor a backslash nor a tag's start. */
  private static final String PLAIN = " .,:;()'\"-_+=!?%#|~`[]/$^";

  private static final String ENDS = ".!?:";

  private static final Map<Integer, String> ASCII =
      Map.of(
          0x2018, "'", 0x2019, "'", 0x201C, "\"", 0x201D, "\"", 0x2013, "-", 0x2014, "-", 0x2026,
          "...");

  private Prose() {}

  /** The first paragraph on one line, shortened; for descriptions in data files. */
  static String line(String text) {
    String flat = flat(text.strip());
    if (flat.length() <= MAX_LENGTH) {
      return flat;
    }
    int cut = flat.lastIndexOf(". ", MAX_LENGTH);
    if (cut > LINE) {
      return flat.substring(0, cut + 1);
    }
    boolean split = Character.isHighSurrogate(flat.charAt(MAX_LENGTH - 1));
    return flat.substring(0, split ? MAX_LENGTH - 1 : MAX_LENGTH) + "…";
  }

  /** The first paragraph with single blanks; what is far behind the longest line is left out. */
  private static String flat(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_LENGTH + 2));
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      if (c == '\n' && endsParagraph(text, at)) {
        break;
      }
      if (!isBlank(c)) {
        out.appendCodePoint(c);
        if (out.length() > MAX_LENGTH + 2 && !Character.isWhitespace(c)) {
          break;
        }
      } else if (out.isEmpty() || out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
      at += Character.charCount(c);
    }
    return out.toString().strip();
  }

  private static boolean endsParagraph(String text, int lineEnd) {
    int at = lineEnd + 1;
    while (at < text.length() && isSpace(text.charAt(at)) && text.charAt(at) != '\n') {
      at++;
    }
    return at < text.length() && text.charAt(at) == '\n';
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Spaces, control characters, and what only formats. */
  private static boolean isBlank(int c) {
    if (c < 128) {
      return c <= ' ' || c == 127;
    }
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** The same for Javadoc: nothing in it ends the comment, starts a tag, or is HTML. */
  static String javadoc(String text) {
    return wrap(harmless(line(text)));
  }

  /** What a member is, and which values it may have. */
  static String member(Schema schema) {
    String words = harmless(line(schema.description()));
    List<String> values = List.copyOf(new TreeSet<>(schema.enumValues()));
    boolean few = !values.isEmpty() && values.size() <= MAX_VALUES;
    if (!few || values.stream().anyMatch(v -> v.isBlank() || v.length() > MAX_VALUE_LENGTH)) {
      return wrap(words);
    }
    String said = values.stream().map(Prose::code).collect(Collectors.joining(", "));
    boolean ended = words.isEmpty() || ENDS.indexOf(words.charAt(words.length() - 1)) >= 0;
    String end = ended ? " " : ". ";
    return wrap((words + end + (values.size() == 1 ? "Always " : "One of ") + said).strip());
  }

  /** A word of the document, within {@code {@code …}} or beside it. */
  static String code(String word) {
    return harmless(line(word));
  }

  private static String harmless(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
              if (plain) {
                out.appendCodePoint(c);
              } else if (ASCII.containsKey(c)) {
                out.append(ASCII.get(c));
              } else if (isSpeakable(c)) {
                out.append("&#").append(c).append(';');
              }
            });
    return out.toString();
  }

  /** HTML has no entities for the rest. */
  private static boolean isSpeakable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
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
