package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * A text with expressions, compiled. One that is exactly one expression keeps the value's type;
 * else the parts are joined to a text.
 *
 * @param path where it stands
 * @param parts in order
 */
record Template(Path path, List<Part> parts) {

  /** A part of a template. */
  sealed interface Part {}

  /** Text that stands for itself. */
  record Literal(String text) implements Part {}

  /**
   * A compiled expression.
   *
   * @param expression what runs
   * @param offset where its source begins in the text, in code points
   */
  record Compiled(Expression expression, int offset) implements Part {}

  Template {
    requireNonNull(path, "path");
    parts = List.copyOf(parts);
  }

  boolean isOneExpression() {
    return parts.size() == 1 && parts.getFirst() instanceof Compiled;
  }

  /** The type of the value, {@code dyn} where that is only known in the run. */
  CelType type() {
    return parts.size() == 1 && parts.getFirst() instanceof Compiled only
        ? only.expression().type()
        : SimpleType.STRING;
  }

  SequencedSet<String> steps() {
    var all = new LinkedHashSet<String>();
    for (Part part : parts) {
      if (part instanceof Compiled compiled) {
        all.addAll(compiled.expression().steps());
      }
    }
    return all;
  }

  boolean uses(String root) {
    return parts.stream()
        .anyMatch(p -> p instanceof Compiled c && c.expression().roots().contains(root));
  }
}
