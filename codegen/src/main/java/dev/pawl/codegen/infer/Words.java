package dev.pawl.codegen.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** English and identifiers, as far as paths and field names need them. */
public final class Words {
  private static final Pattern BOUNDARY =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+");
  private static final Set<String> UNCOUNTABLE =
      Set.of(
          "kubernetes",
          "nfs",
          "dns",
          "sms",
          "aws",
          "tls",
          "https",
          "ios",
          "news",
          "series",
          "species",
          "status",
          "alias",
          "bus",
          "canvas",
          "gas",
          "lens",
          "analysis",
          "basis",
          "os",
          "sso",
          "cors",
          "saas",
          "postgres",
          "redis",
          "css",
          "vps",
          "gps",
          "rss",
          "dhcp");
  private static final Map<String, String> IRREGULAR =
      Map.of(
          "people", "person",
          "children", "child",
          "statuses", "status",
          "aliases", "alias",
          "indices", "index",
          "analyses", "analysis",
          "viruses", "virus",
          "buses", "bus");

  private static final List<String> HISSING = List.of("sses", "xes", "ches", "shes", "zzes");

  private Words() {}

  /** The words of an identifier, lower case. */
  public static List<String> split(String identifier) {
    List<String> out = new ArrayList<>();
    for (String word : BOUNDARY.split(identifier)) {
      if (!word.isEmpty()) {
        out.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return out;
  }

  /** Letters and digits alone, lower case: two spellings of one name are equal. */
  public static String plain(String identifier) {
    StringBuilder out = new StringBuilder(identifier.length());
    for (int i = 0; i < identifier.length(); i++) {
      char c = identifier.charAt(i);
      if (c < 128 && Character.isLetterOrDigit(c)) {
        out.append(Character.toLowerCase(c));
      }
    }
    return out.toString();
  }

  /** Lower snake case, ASCII letters and digits only; may be empty. */
  public static String snake(String identifier) {
    return String.join("_", split(identifier));
  }

  /** Lower snake case with the last word in the singular. */
  public static String singularSnake(String identifier) {
    List<String> words = split(identifier);
    if (!words.isEmpty()) {
      words.set(words.size() - 1, singular(words.get(words.size() - 1)));
    }
    return String.join("_", words);
  }

  /** Whether the last word is a plural. */
  public static boolean isPlural(String identifier) {
    return !singularSnake(identifier).equals(snake(identifier));
  }

  static String singular(String word) {
    if (IRREGULAR.containsKey(word)) {
      return IRREGULAR.get(word);
    }
    if (word.length() < 3 || !word.endsWith("s") || UNCOUNTABLE.contains(word)) {
      return word;
    }
    if (word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
      return word;
    }
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (HISSING.stream().anyMatch(word::endsWith)) {
      return word.substring(0, word.length() - 2);
    }
    return word.substring(0, word.length() - 1);
  }
}
