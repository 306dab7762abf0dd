package dev.pawl.codegen.ir;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Schema;
import java.util.Map;
import java.util.Optional;

/**
 * A named effect on an existing resource.
 *
 * @param name the method's name
 * @param operation what it sends
 * @param fixed arguments that are always the same, such as {@code type}
 * @param branch the part of the body's schema that this effect takes; empty: the whole
 * @param reason why it is one
 */
public record Action(
    String name,
    ApiOperation operation,
    Map<String, String> fixed,
    Optional<Schema> branch,
    String reason) {
  public Action {
    fixed = Map.copyOf(fixed);
  }
}
