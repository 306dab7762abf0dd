package dev.pawl.server.language;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression that only looks something up, such as {@code steps.vpc.output.id}. It is followed
 * in the JSON itself: numbers of any size stay as they are, and a missing key can be named together
 * with those that are there.
 *
 * @param root the variable
 * @param segments what follows it
 */
record Lookup(String root, List<Segment> segments) {

  /**
   * One selection.
   *
   * @param element a key as String or an index as Long
   * @param offset of the name in the expression, in code points
   */
  record Segment(Object element, int offset) {}

  Lookup {
    segments = List.copyOf(segments);
  }

  static Optional<Lookup> of(CelMutableExpr expr, Map<Long, Integer> positions, String source) {
    var segments = new ArrayList<Segment>();
    CelMutableExpr at = expr;
    while (at.getKind() != Kind.IDENT) {
      int offset = CelMessages.afterDot(source, positions.getOrDefault(at.id(), 0));
      if (at.getKind() == Kind.SELECT && !at.select().testOnly()) {
        segments.addFirst(new Segment(at.select().field(), offset));
        at = at.select().operand();
      } else if (at.getKind() == Kind.CALL && at.call().function().equals("_[_]")) {
        Object element = constant(at.call().args().get(1));
        if (element == null) {
          return Optional.empty();
        }
        segments.addFirst(new Segment(element, offset));
        at = at.call().args().getFirst();
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Lookup(at.ident().name(), segments));
  }

  private static @Nullable Object constant(CelMutableExpr expr) {
    if (expr.getKind() != Kind.CONSTANT) {
      return null;
    }
    CelConstant constant = expr.constant();
    return switch (constant.getKind()) {
      case STRING_VALUE -> constant.stringValue();
      case INT64_VALUE -> constant.int64Value();
      default -> null;
    };
  }

  /** The way up to and with the given segment, as a reader would write it. */
  String upTo(int segment) {
    var text = new StringBuilder(root);
    for (Segment s : segments.subList(0, segment)) {
      if (s.element() instanceof String key && key.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        text.append('.').append(key);
      } else if (s.element() instanceof String key) {
        text.append("['").append(key).append("']");
      } else {
        text.append('[').append(s.element()).append(']');
      }
    }
    return text.toString();
  }
}
