package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Schema;
import dev.pawl.model.MethodKind;
import dev.pawl.model.rest.Operation;
import java.util.Optional;

/**
 * One method to be written.
 *
 * @param name as callers call it
 * @param kind what it does to the world
 * @param source the document's operation
 * @param operation what the runtime sends
 * @param arguments what it takes
 * @param output the schema of what it gives; empty where that is not described
 */
record MethodPlan(
    String name,
    MethodKind kind,
    ApiOperation source,
    Operation operation,
    Arguments arguments,
    Optional<Schema> output) {

  /** The named output under which the result is stored. */
  String outputSpec() {
    if (kind == MethodKind.ACTION) {
      return name;
    }
    return name.equals("list") ? "list" : "state";
  }

  /** One sentence for people. */
  String description() {
    String summary = Prose.line(source.summary());
    return summary.isEmpty() ? Prose.line(source.description()) : summary;
  }
}
