package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import dev.cel.common.types.CelType;
import dev.cel.runtime.Program;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression.
 *
 * @param source as written
 * @param type of its value; {@code dyn} where that is only known in the run
 * @param steps ids it refers to
 * @param roots variables it uses
 * @param program what runs; null for some lookups
 * @param lookup the way into the data, for an expression that is nothing but one
 */
record Expression(
    String source,
    CelType type,
    SequencedSet<String> steps,
    Set<String> roots,
    @Nullable Program program,
    @Nullable Lookup lookup) {
  Expression {
    requireNonNull(source, "source");
    requireNonNull(type, "type");
    if (program == null && lookup == null) {
      throw new IllegalArgumentException("an expression needs a program or a lookup");
    }
  }
}
