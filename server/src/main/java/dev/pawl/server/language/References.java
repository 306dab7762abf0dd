package dev.pawl.server.language;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExpr.CelMutableComprehension;
import dev.cel.common.ast.CelMutableExpr.CelMutableSelect;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds which steps and inputs an expression speaks of. {@code steps['a-b']} is turned into the
 * selection it means, so that one rule checks both ways of writing it.
 */
final class References {
  private static final Set<String> OPEN_ROOTS = Set.of("inputs", "steps");
  private static final Pattern DASHED = Pattern.compile("[A-Za-z0-9_]+(-[A-Za-z0-9_]+)+");

  private final Map<String, CelType> variables;
  private final Map<Long, Integer> positions;
  private final String source;
  private final List<ExpressionIssue> issues = new ArrayList<>();
  private final SequencedSet<String> steps = new LinkedHashSet<>();
  private final Set<String> roots = new LinkedHashSet<>();

  References(Map<String, CelType> variables, Map<Long, Integer> positions, String source) {
    this.variables = variables;
    this.positions = positions;
    this.source = source;
  }

  List<ExpressionIssue> issues() {
    return issues;
  }

  /** Ids of the steps referred to. */
  SequencedSet<String> steps() {
    return steps;
  }

  /** Whether the variable is used. */
  boolean uses(String root) {
    return roots.contains(root);
  }

  void walk(CelMutableExpr expr) {
    switch (expr.getKind()) {
      case IDENT -> ident(expr);
      case SELECT -> select(expr);
      case CALL -> call(expr);
      case LIST -> expr.list().elements().forEach(this::walk);
      case MAP ->
          expr.map()
              .entries()
              .forEach(
                  e -> {
                    walk(e.key());
                    walk(e.value());
                  });
      case STRUCT -> expr.struct().entries().forEach(e -> walk(e.value()));
      case COMPREHENSION -> comprehension(expr);
      case NOT_SET, CONSTANT -> {}
    }
  }

  private void ident(CelMutableExpr expr) {
    String name = expr.ident().name();
    roots.add(name);
    if (name.equals("steps")) {
      issue(expr, "'steps' must be followed by a step's id, as in steps.vpc.output");
    }
  }

  private void select(CelMutableExpr expr) {
    CelMutableSelect select = expr.select();
    if (select.operand().getKind() != Kind.IDENT) {
      walk(select.operand());
    } else {
      roots.add(select.operand().ident().name());
      if (select.operand().ident().name().equals("steps")) {
        steps.add(select.field());
      }
    }
    if (type(select.operand()) instanceof StructType struct
        && !struct.fieldNames().contains(select.field())) {
      unknown(expr, struct);
    }
  }

  /** The type of a plain way into the known names; empty for anything else. */
  Optional<CelType> typeOf(CelMutableExpr expr) {
    return Optional.ofNullable(type(expr));
  }

  private @Nullable CelType type(CelMutableExpr expr) {
    if (expr.getKind() == Kind.IDENT) {
      return variables.get(expr.ident().name());
    }
    if (expr.getKind() == Kind.SELECT) {
      return field(type(expr.select().operand()), expr.select().field());
    }
    if (expr.getKind() != Kind.CALL || !expr.call().function().equals("_[_]")) {
      return null;
    }
    CelMutableExpr key = expr.call().args().get(1);
    CelType from = type(expr.call().args().getFirst());
    if (key.getKind() != Kind.CONSTANT) {
      return null;
    }
    return switch (key.constant().getKind()) {
      case STRING_VALUE -> from instanceof StructType ? null : field(from, "");
      case INT64_VALUE ->
          from instanceof ListType list
              ? list.elemType()
              : SimpleType.DYN.equals(from) ? from : null;
      default -> null;
    };
  }

  private static @Nullable CelType field(@Nullable CelType from, String name) {
    if (from instanceof StructType struct) {
      return struct.findField(name).map(StructType.Field::type).orElse(SimpleType.DYN);
    }
    if (from instanceof MapType map) {
      return map.valueType();
    }
    return SimpleType.DYN.equals(from) ? from : null;
  }

  private void unknown(CelMutableExpr expr, StructType struct) {
    Set<String> known = new TreeSet<>(struct.fieldNames());
    int offset = CelMessages.afterDot(source, positions.getOrDefault(expr.id(), 0));
    CelMutableExpr operand = expr.select().operand();
    String root = operand.getKind() == Kind.IDENT ? operand.ident().name() : "";
    String field = expr.select().field();
    String what =
        switch (root) {
          case "steps" -> "no step has the id '";
          case "inputs" -> "there is no input '";
          default -> "there is no field '";
        };
    Matcher dashed = DASHED.matcher(source).region(indexOf(offset), source.length());
    if (OPEN_ROOTS.contains(root) && dashed.lookingAt()) {
      String near =
          known.contains(dashed.group())
              ? dashed.group()
              : Suggestion.nearest(dashed.group(), known).orElse(null);
      if (near != null) {
        String way = root + "['" + near + "']";
        String message = what + field + "', and '-' means minus here";
        issues.add(new ExpressionIssue(offset, message, way));
        return;
      }
    }
    String suggestion = Suggestion.nearest(field, known).orElse(null);
    String rest = suggestion != null ? "" : "; there " + listed(known);
    issues.add(new ExpressionIssue(offset, what + field + "'" + rest, suggestion));
  }

  private int indexOf(int codePoint) {
    return source.offsetByCodePoints(
        0, Math.min(codePoint, source.codePointCount(0, source.length())));
  }

  static String listed(Set<String> names) {
    if (names.isEmpty()) {
      return "are none";
    }
    String shown = String.join(", ", names.stream().limit(10).toList());
    return (names.size() == 1 ? "is only " : "are ") + shown + (names.size() > 10 ? ", …" : "");
  }

  private void call(CelMutableExpr expr) {
    CelMutableCall call = expr.call();
    if (call.function().equals("_[_]") && call.args().getFirst().getKind() == Kind.IDENT) {
      String root = call.args().getFirst().ident().name();
      if (OPEN_ROOTS.contains(root)) {
        index(expr, root, call.args().get(1));
        return;
      }
    }
    call.target().ifPresent(this::walk);
    call.args().forEach(this::walk);
  }

  private void index(CelMutableExpr expr, String root, CelMutableExpr key) {
    if (key.getKind() != Kind.CONSTANT
        || key.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      issue(expr, root + "[…] needs a name in quotes, so that it can be checked before the run");
      return;
    }
    String field = key.constant().stringValue();
    CelMutableExpr operand = expr.call().args().getFirst();
    expr.setSelect(CelMutableSelect.create(operand, field));
    select(expr);
  }

  private void comprehension(CelMutableExpr expr) {
    CelMutableComprehension c = expr.comprehension();
    if (variables.containsKey(c.iterVar())) {
      issue(expr, "the name '" + c.iterVar() + "' is taken; call the item something else");
    }
    walk(c.iterRange());
    walk(c.accuInit());
    walk(c.loopCondition());
    walk(c.loopStep());
    walk(c.result());
  }

  private void issue(CelMutableExpr expr, String message) {
    issues.add(new ExpressionIssue(positions.getOrDefault(expr.id(), 0), message, null));
  }
}
