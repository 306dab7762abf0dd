package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.Schema;
import java.util.List;

/**
 * One argument of a method.
 *
 * @param name as the method takes it
 * @param alternatives its schema, or several where a composition gives it several
 * @param required whether a call without it is wrong
 */
record Argument(String name, List<Schema> alternatives, boolean required) {
  Argument {
    alternatives = List.copyOf(alternatives);
  }
}
