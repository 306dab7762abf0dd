package dev.pawl.server.language;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExpr.CelMutableSelect;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an expression that is nothing but a way into the data, such as {@code steps.vpc.output.id}.
 * Most are, and CEL's parser and checker take a millisecond each, which a workflow of a thousand
 * steps would feel.
 *
 * @param expr as CEL would have read it
 * @param positions of its parts in the source, as CEL gives them
 */
record PlainLookup(CelMutableExpr expr, Map<Long, Integer> positions) {
  private static final Pattern WHOLE =
      Pattern.compile(
          "\\s*[a-z]+(\\.[A-Za-z_][A-Za-z0-9_]{0,99}|\\['[^'\\\\]{0,99}'\\]|\\[\\d{1,9}\\]){1,50}\\s*");
  private static final Pattern PART =
      Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\['([^']*)'\\]|\\[(\\d+)\\]");

  static Optional<PlainLookup> read(String source) {
    if (!WHOLE.matcher(source).matches()) {
      return Optional.empty();
    }
    var positions = new HashMap<Long, Integer>();
    int start = source.length() - source.stripLeading().length();
    Matcher part = PART.matcher(source);
    long id = 1;
    CelMutableExpr expr = null;
    while (part.find()) {
      if (expr == null) {
        expr = CelMutableExpr.ofIdent(id, source.substring(start, part.start()));
        positions.put(id++, start);
      }
      positions.put(id, source.codePointCount(0, part.start()));
      expr = step(id++, expr, part);
    }
    return Optional.ofNullable(expr).map(e -> new PlainLookup(e, positions));
  }

  private static CelMutableExpr step(long id, CelMutableExpr from, Matcher part) {
    if (part.group(1) != null) {
      return CelMutableExpr.ofSelect(id, CelMutableSelect.create(from, part.group(1)));
    }
    CelConstant key =
        part.group(2) != null
            ? CelConstant.ofValue(part.group(2))
            : CelConstant.ofValue(Long.parseLong(part.group(3)));
    CelMutableExpr constant = CelMutableExpr.ofConstant(-id, key);
    return CelMutableExpr.ofCall(id, CelMutableCall.create("_[_]", from, constant));
  }
}
