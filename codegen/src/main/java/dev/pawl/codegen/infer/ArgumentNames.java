package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Parameter;
import dev.pawl.codegen.document.RequestBody;
import java.util.HashSet;
import java.util.Set;

/**
 * Names an operation's arguments: body members keep their names; a parameter that is called like
 * one of them, or like a parameter of another place, gets its place in front.
 */
public final class ArgumentNames {
  private final Set<String> body;
  private final Set<String> twice = new HashSet<>();

  private ArgumentNames(ApiOperation operation, Set<String> body) {
    this.body = body;
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : operation.parameters()) {
      if (!seen.add(parameter.name())) {
        twice.add(parameter.name());
      }
    }
  }

  public static ArgumentNames of(ApiOperation operation) {
    return new ArgumentNames(
        operation,
        operation
            .body()
            .map(RequestBody::schema)
            .map(s -> s.properties().keySet())
            .map(Set::copyOf)
            .orElse(Set.of()));
  }

  /** The argument that fills a parameter. */
  public String ofParameter(String in, String name) {
    return body.contains(name) || twice.contains(name) ? in + "_" + name : name;
  }
}
