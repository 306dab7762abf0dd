package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

/**
 * A value that does not fit.
 *
 * @param path to the value, such as {@code tags[0]}; empty for the whole
 * @param message what is wrong and what was expected
 */
public record Violation(String path, String message) {
  public Violation {
    requireNonNull(path, "path");
    requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
