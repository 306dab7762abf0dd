package dev.pawl.server.language;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExpr.CelMutableComprehension;
import dev.cel.common.ast.CelMutableExpr.CelMutableSelect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Finds which steps and inputs an expression speaks of. {@code steps['a-b']} is turned into the
 * selection it means, so that one rule checks both ways of writing it.
 */
final class References {
  private static final Set<String> OPEN_ROOTS = Set.of("inputs", "steps");

  private final Symbols symbols;
  private final Map<Long, Integer> positions;
  private final String source;
  private final List<ExpressionIssue> issues = new ArrayList<>();
  private final SequencedSet<String> steps = new LinkedHashSet<>();
  private final Set<String> roots = new LinkedHashSet<>();

  References(Symbols symbols, Map<Long, Integer> positions, String source) {
    this.symbols = symbols;
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
      case COMPREHENSION -> comprehension(expr.comprehension());
      case NOT_SET, CONSTANT -> {}
    }
  }

  private void ident(CelMutableExpr expr) {
    String name = expr.ident().name();
    roots.add(name);
    if (name.equals("steps")) {
      issue(expr, 0, "'steps' must be followed by a step's id, as in steps.vpc.output");
    }
  }

  private void select(CelMutableExpr expr) {
    CelMutableSelect select = expr.select();
    if (select.operand().getKind() != Kind.IDENT) {
      walk(select.operand());
      return;
    }
    String root = select.operand().ident().name();
    roots.add(root);
    if (!OPEN_ROOTS.contains(root)) {
      return;
    }
    if (root.equals("steps")) {
      steps.add(select.field());
    }
    if (!symbols.fieldsOf(root).contains(select.field())) {
      unknown(expr, root, select.field());
    }
  }

  private void unknown(CelMutableExpr expr, String root, String field) {
    Set<String> known = symbols.fieldsOf(root);
    int offset = fieldOffset(expr);
    String what = root.equals("steps") ? "no step has the id '" : "there is no input '";
    String dashed = known.stream().filter(k -> dashedAt(offset, k)).findFirst().orElse(null);
    if (dashed != null) {
      String way = "'" + dashed + "' must be written as " + root + "['" + dashed + "']";
      issues.add(new ExpressionIssue(offset, way + ", since '-' means minus", null));
      return;
    }
    String suggestion = Suggestion.nearest(field, known).orElse(null);
    String rest = suggestion != null ? "" : "; there " + listed(known);
    issues.add(new ExpressionIssue(offset, what + field + "'" + rest, suggestion));
  }

  private boolean dashedAt(int offset, String known) {
    int at =
        source.offsetByCodePoints(0, Math.min(offset, source.codePointCount(0, source.length())));
    return known.contains("-") && source.startsWith(known, at);
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
      issue(expr, 0, root + "[…] needs a name in quotes, so that it can be checked before the run");
      return;
    }
    String field = key.constant().stringValue();
    CelMutableExpr operand = expr.call().args().getFirst();
    expr.setSelect(CelMutableSelect.create(operand, field));
    select(expr);
  }

  private void comprehension(CelMutableComprehension c) {
    walk(c.iterRange());
    walk(c.accuInit());
    walk(c.loopCondition());
    walk(c.loopStep());
    walk(c.result());
  }

  private void issue(CelMutableExpr expr, int shift, String message) {
    issues.add(new ExpressionIssue(positions.getOrDefault(expr.id(), 0) + shift, message, null));
  }

  /** A selection's own position is its dot or bracket; the name is what is wrong. */
  private int fieldOffset(CelMutableExpr select) {
    return CelMessages.afterDot(source, positions.getOrDefault(select.id(), 0));
  }
}
