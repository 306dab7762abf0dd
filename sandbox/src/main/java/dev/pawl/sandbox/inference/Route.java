package dev.pawl.sandbox.inference;

import dev.pawl.sandbox.document.Operation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An operation with its meaning.
 *
 * @param anchors the items above its path, outermost first
 * @param keyParameter the parameter that names the item itself, when the path ends with one
 */
public record Route(
    Operation operation, Meaning meaning, List<Anchor> anchors, Optional<String> keyParameter) {
  public Route {
    Objects.requireNonNull(operation);
    Objects.requireNonNull(meaning);
    anchors = List.copyOf(anchors);
    Objects.requireNonNull(keyParameter);
  }
}
