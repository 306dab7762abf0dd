package dev.pawl.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.pawl.codegen.document.CodegenException;

/**
 * Text from documents as Java string literals. JavaPoet's own leave line separators of Unicode as
 * they are and then break the line at them; these leave nothing but letters, digits and what is
 * ASCII and harmless.
 */
final class JavaText {
  /** What a class file holds in one constant (JVM specification, 4.4.7), in bytes. */
  private static final int MAX_BYTES = 65_535;

  private static final int SHOWN = 40;

  private JavaText() {}

  /** As {@link CodeBlock#of}; its {@code $S} are written by {@link #quote}. */
  static CodeBlock code(String format, Object... values) {
    StringBuilder changed = new StringBuilder(format);
    Object[] out = values.clone();
    int value = 0;
    for (int at = format.indexOf('$'); at >= 0; at = format.indexOf('$', at + 2)) {
      if (format.charAt(at + 1) == 'S') {
        changed.setCharAt(at + 1, 'L');
        out[value] = quote(String.valueOf(values[value]));
      }
      // Line breaks and indents take no value.
      if ("LSTN".indexOf(format.charAt(at + 1)) >= 0) {
        value++;
      }
    }
    return CodeBlock.of(changed.toString(), out);
  }

  /**
   * A string literal, on one line.
   *
   * @throws CodegenException when no constant can hold it
   */
  static String quote(String text) {
    requireConstant(text);
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < ' ' || c == 127) {
        // No unicode escape: those are undone before Java knows where a literal ends.
        out.append('\\').append(String.format("%03o", (int) c));
      } else if (c < 127 || Character.isLetterOrDigit(c)) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.append('"').toString();
  }

  private static void requireConstant(String text) {
    if (text.length() > MAX_BYTES / 3 && bytes(text) > MAX_BYTES) {
      throw new CodegenException(
          "'"
              + text.substring(0, SHOWN)
              + "...' is "
              + text.length()
              + " characters long, and a Java class holds no text above "
              + MAX_BYTES
              + " bytes; shorten it, or take the resource out with 'exclude' in the overrides");
    }
  }

  /** In the class file's own kind of UTF-8. */
  private static int bytes(String text) {
    return text.chars().map(c -> c > 0x7ff ? 3 : c > 0x7f || c == 0 ? 2 : 1).sum();
  }
}
