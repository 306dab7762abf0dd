package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A document's words, made harmless. */
final class Prose {
  private static final int MAX_LENGTH = 400;
  private static final int LINE = 84;
  private static final int MAX_VALUES = 12;
  private static final int MAX_VALUE_LENGTH = 40;

  /** What may stand in a comment as it is; neither {@code *} nor a backslash nor a tag's start. */
  private static final String PLAIN = " .,:;()'\"-_+=!?%#|~`[]/$^";

  private static final Pattern PARAGRAPH = Pattern.compile("\n\\s*\n");
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final String ENDS = ".!?:";

  private static final Map<Integer, String> ASCII =
      Map.of(
          0x2018, "'", 0x2019, "'", 0x201C, "\"", 0x201D, "\"", 0x2013, "-", 0x2014, "-", 0x2026,
          "...");

  private Prose() {}

  /** The first paragraph on one line, shortened; for descriptions in data files. */
  static String line(String text) {
    String first = PARAGRAPH.split(text.strip(), 2)[0];
    String flat = BLANK.matcher(first).replaceAll(" ").strip();
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
