package dev.pawl.codegen.overrides;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person says about an API.
 *
 * @param file the file's name, for messages
 * @param headers sent with every request of every resource
 * @param connectionParams the parameters of paths that the connection gives; empty: those inferred
 * @param resources by kind as inferred
 */
public record Overrides(
    String file,
    Map<String, String> headers,
    Optional<List<String>> connectionParams,
    Map<String, ResourceOverride> resources) {
  /** Says nothing. */
  public static final Overrides NONE = new Overrides("", Map.of(), Optional.empty(), Map.of());

  public Overrides {
    connectionParams = connectionParams.map(List::copyOf);
    headers = Map.copyOf(headers);
    resources = Map.copyOf(resources);
  }
}
