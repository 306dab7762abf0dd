package dev.pawl.model;

import static java.util.Objects.requireNonNull;

/**
 * The identity under which Pawl makes at most one object.
 *
 * @param namespace the tenant
 * @param modelType a kind of thing, such as {@code digitalocean/droplet}
 * @param instance the name of one thing of that type, such as {@code web-1}
 * @param outputSpec a named output of a method; {@link #STATE} unless said otherwise
 */
public record ResourceKey(String namespace, String modelType, String instance, String outputSpec) {
  /** The output spec of a resource's own state. */
  public static final String STATE = "state";

  public ResourceKey {
    requireNonNull(namespace, "namespace");
    requireNonNull(modelType, "modelType");
    requireNonNull(instance, "instance");
    requireNonNull(outputSpec, "outputSpec");
  }

  @Override
  public String toString() {
    return namespace + "/" + modelType + "/" + instance + "/" + outputSpec;
  }
}
