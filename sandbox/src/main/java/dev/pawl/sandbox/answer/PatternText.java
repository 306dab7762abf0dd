package dev.pawl.sandbox.answer;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Text that fits a simple pattern, such as {@code ^CA[0-9a-fA-F]{32}$}. */
final class PatternText {
  private static final Pattern PART =
      Pattern.compile(
          "\\[([^\\]]+)](?:\\{(\\d+)(?:,\\d*)?}|([+*]))?|\\\\d(?:\\{(\\d+)})?|([\\w:.@/-])");

  private PatternText() {}

  /** Random where the pattern leaves room; 32 hex digits when the pattern is beyond this class. */
  static String matching(String pattern) {
    String body = pattern.replaceAll("^\\^|\\$$", "");
    Matcher parts = PART.matcher(body);
    StringBuilder text = new StringBuilder();
    int end = 0;
    while (parts.find() && parts.start() == end) {
      end = parts.end();
      if (parts.group(1) != null) {
        int count = parts.group(2) != null ? Integer.parseInt(parts.group(2)) : 12;
        append(text, parts.group(1), parts.group(3) == null && parts.group(2) == null ? 1 : count);
      } else if (parts.group(5) != null) {
        text.append(parts.group(5));
      } else {
        append(text, "0-9", parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4)));
      }
    }
    return end == body.length() && fits(pattern, text) ? text.toString() : hex(32);
  }

  private static boolean fits(String pattern, CharSequence text) {
    try {
      return Pattern.compile(pattern).matcher(text).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static void append(StringBuilder text, String charClass, int count) {
    String alphabet =
        charClass.contains("a-z")
            ? "abcdefghijklmnopqrstuvwxyz"
            : charClass.contains("0-9") || charClass.contains("\\d")
                ? (charClass.contains("a-f") ? "0123456789abcdef" : "0123456789")
                : charClass.contains("A-Z") ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : charClass;
    for (int i = 0; i < Math.min(count, 256); i++) {
      text.append(alphabet.charAt(ThreadLocalRandom.current().nextInt(alphabet.length())));
    }
  }

  static String hex(int digits) {
    StringBuilder text = new StringBuilder();
    append(text, "0-9a-f", digits);
    return text.toString();
  }
}
