package dev.pawl.codegen.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path as written, and as it is matched: parameter names blanked, without trailing slash and
 * {@code .json}.
 */
public record PathTemplate(String text) {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]*)\\}");

  /** A key in parentheses behind its collection: {@code Pets('{id}')} is {@code Pets/{id}}. */
  private static final Pattern IN_PARENTHESES = Pattern.compile("(?<=[A-Za-z0-9_])\\('?\\{}'?\\)");

  /** What matches compare: {@code /pets/{}}. */
  public String key() {
    String key = PARAMETER.matcher(text).replaceAll("{}");
    while (key.endsWith("/")) {
      key = key.substring(0, key.length() - 1);
    }
    key = IN_PARENTHESES.matcher(key).replaceAll("/{}");
    return key.endsWith(".json") ? key.substring(0, key.length() - ".json".length()) : key;
  }

  /** The parameters' names in path order. */
  public List<String> parameters() {
    List<String> out = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      out.add(matcher.group(1));
    }
    return out;
  }

  /** The key's segments. */
  public List<String> segments() {
    String key = key();
    return List.of((key.startsWith("/") ? key.substring(1) : key).split("/"));
  }

  public String lastSegment() {
    List<String> segments = segments();
    return segments.get(segments.size() - 1);
  }

  /** Whether the path ends in a parameter, and so names one thing. */
  public boolean endsInParameter() {
    return isParameter(lastSegment());
  }

  /** {@code {id}:undelete} is a verb on one thing, and no parameter. */
  public static boolean isParameter(String segment) {
    return segment.contains("{}") && segment.indexOf(':') < 0;
  }

  /** A key's last segment. */
  public static String last(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** A key without its last segment. */
  public static String parent(String key) {
    int slash = key.lastIndexOf('/');
    return slash <= 0 ? "" : key.substring(0, slash);
  }
}
