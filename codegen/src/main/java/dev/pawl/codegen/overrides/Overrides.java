package dev.pawl.codegen.overrides;

import java.util.Map;

/**
 * What a person says about an API.
 *
 * @param file the file's name, for messages
 * @param resources by kind as inferred
 */
public record Overrides(String file, Map<String, ResourceOverride> resources) {
  /** Says nothing. */
  public static final Overrides NONE = new Overrides("", Map.of());

  public Overrides {
    resources = Map.copyOf(resources);
  }
}
