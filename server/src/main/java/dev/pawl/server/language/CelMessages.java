package dev.pawl.server.language;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CEL's own messages in Pawl's words, at the place a reader would look. */
final class CelMessages {
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']+)'.*");
  private static final Pattern UNEXPECTED =
      Pattern.compile(
          "(?:mismatched input|extraneous input|no viable alternative at input|token recognition"
              + " error at:) ('.*?')( expecting .*)?",
          Pattern.DOTALL);
  private static final Pattern NO_OVERLOAD =
      Pattern.compile(
          "found no matching overload for '([^']+)' applied to '(.*?)'( \\(candidates.*)?",
          Pattern.DOTALL);
  private static final Set<String> FUNCTIONS =
      Set.of(
          "data",
          "size",
          "string",
          "int",
          "double",
          "bool",
          "has",
          "all",
          "exists",
          "exists_one",
          "map",
          "filter",
          "contains",
          "startsWith",
          "endsWith",
          "matches",
          "split",
          "join",
          "replace",
          "trim",
          "substring",
          "lowerAscii",
          "upperAscii",
          "indexOf",
          "lastIndexOf",
          "charAt",
          "reverse",
          "sort",
          "distinct",
          "flatten",
          "slice",
          "range",
          "timestamp",
          "duration",
          "type",
          "dyn");

  private CelMessages() {}

  static ExpressionIssue issue(CelIssue issue, CelSource source, String text, Symbols symbols) {
    int offset = source.getLocationOffset(issue.getSourceLocation()).orElse(0);
    String message = issue.getMessage();
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      return undeclared(offset, undeclared.group(1), text, symbols);
    }
    Matcher overload = NO_OVERLOAD.matcher(message);
    if (overload.matches()) {
      return new ExpressionIssue(offset, overload(overload.group(1), overload.group(2)), null);
    }
    return new ExpressionIssue(offset, syntax(message), null);
  }

  /** The name a selection at the offset is about; the offset itself where there is none. */
  static int nameAt(String text, int offset) {
    int[] points = text.codePoints().toArray();
    boolean selects = offset < points.length && (points[offset] == '.' || points[offset] == '[');
    return selects ? afterDot(text, offset) : offset;
  }

  /** The first name character after the dot or bracket at the offset. */
  static int afterDot(String text, int offset) {
    int[] points = text.codePoints().toArray();
    int at = Math.min(offset, points.length);
    while (at < points.length && ".[ \n\t\r'\"".indexOf(points[at]) >= 0) {
      at++;
    }
    return at;
  }

  private static ExpressionIssue undeclared(int offset, String name, String text, Symbols symbols) {
    if (atCall(text, offset)) {
      String message =
          name.equals("secret")
              ? "secret() is not supported yet"
              : "there is no function '" + name + "'";
      int start = Math.max(0, offset - name.codePointCount(0, name.length()));
      return new ExpressionIssue(start, message, Suggestion.nearest(name, FUNCTIONS).orElse(null));
    }
    if (name.equals("each")) {
      String message =
          "'each' is only there in a step with forEach, and not in its if or forEach.in";
      return new ExpressionIssue(offset, message, null);
    }
    var known = new TreeSet<>(symbols.variables().keySet());
    Optional<String> near = Suggestion.nearest(name, known);
    String rest = near.isPresent() ? "" : "; there are " + String.join(", ", known);
    return new ExpressionIssue(offset, "'" + name + "' is not known" + rest, near.orElse(null));
  }

  private static boolean atCall(String text, int offset) {
    int[] points = text.codePoints().toArray();
    return offset < points.length && points[offset] == '(';
  }

  static String overload(String function, String types) {
    if (function.equals("_?_:_")) {
      return "the condition before '?' must be true or false, and both results of one type; got "
          + types;
    }
    String name = operator(function);
    String mixed =
        name.equals("+") && types.contains("string") ? "; string(x) turns a value into text" : "";
    return "'" + name + "' does not take " + types + mixed;
  }

  /** {@code _+_} as it is written. */
  static String operator(String function) {
    return switch (function) {
      case "_[_]" -> "[]";
      case "!_" -> "!";
      case "-_" -> "-";
      case "@in" -> "in";
      default -> function.startsWith("_") ? function.replace("_", "") : function;
    };
  }

  private static String syntax(String message) {
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (!unexpected.matches()) {
      return message.startsWith("For input string: ")
          ? message.substring("For input string: ".length()) + " needs more than 64 bits"
          : message;
    }
    String what = unexpected.group(1);
    return what.equals("'<EOF>'")
        ? "the expression ends too early"
        : "not an expression: unexpected " + what;
  }
}
