package dev.pawl.codegen.overrides;

import java.util.Map;

/**
 * What a person says about an API.
 *
 * @param file the file's name, for messages
 * @param headers sent with every request of every resource
 * @param resources by kind as inferred
 */
public record Overrides(
    String file, Map<String, String> headers, Map<String, ResourceOverride> resources) {
  /** Says nothing. */
  public static final Overrides NONE = new Overrides("", Map.of(), Map.of());

  public Overrides {
    headers = Map.copyOf(headers);
    resources = Map.copyOf(resources);
  }
}
