package dev.pawl.codegen.ir;

import dev.pawl.codegen.document.ApiOperation;
import java.util.Map;

/**
 * A named effect on an existing resource.
 *
 * @param name the method's name
 * @param operation what it sends
 * @param fixed arguments that are always the same, such as {@code type}
 * @param reason why it is one
 */
public record Action(
    String name, ApiOperation operation, Map<String, String> fixed, String reason) {
  public Action {
    fixed = Map.copyOf(fixed);
  }
}
