package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a model is.
 *
 * @param type {@code connection/kind}, such as {@code digitalocean/droplet}; the part before the
 *     slash names the connection the model talks through
 * @param description one sentence or empty
 * @param methods in a stable order, names unique
 */
public record ModelDescriptor(String type, String description, List<MethodDescriptor> methods) {
  public ModelDescriptor {
    requireNonNull(description, "description");
    methods = List.copyOf(methods);
    if (!type.matches("[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*")) {
      throw new IllegalArgumentException(
          "model type '" + type + "' must look like connection/kind, lower case, [a-z0-9_-]");
    }
  }

  /** The name of the connection this model talks through. */
  public String connection() {
    return type.substring(0, type.indexOf('/'));
  }

  public Optional<MethodDescriptor> method(String name) {
    return methods.stream().filter(m -> m.name().equals(name)).findFirst();
  }
}
