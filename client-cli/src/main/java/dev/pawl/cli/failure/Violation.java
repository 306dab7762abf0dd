package dev.pawl.cli.failure;

import static java.util.Objects.requireNonNull;

/**
 * One problem at one place.
 *
 * @param field {@code file:line:column} or a field path; empty for none
 * @param message what is wrong, what was expected and the way out
 */
public record Violation(String field, String message) {
  public Violation {
    requireNonNull(field, "field");
    requireNonNull(message, "message");
  }

  /** As a compiler would print it. */
  public String line() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
