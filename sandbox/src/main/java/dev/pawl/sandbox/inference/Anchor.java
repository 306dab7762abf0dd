package dev.pawl.sandbox.inference;

import java.util.Objects;

/**
 * An item above a path.
 *
 * @param kind the name of the item's kind
 * @param parameter the path parameter that holds its key
 */
public record Anchor(String kind, String parameter) {
  public Anchor {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(parameter);
  }
}
