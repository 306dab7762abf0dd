package dev.pawl.codegen.ir;

import static java.util.Objects.requireNonNull;

/**
 * Something understood of a document.
 *
 * @param value what was understood
 * @param confidence how sure it is
 * @param reason why, in words for the report
 */
public record Inferred<T>(T value, Confidence confidence, String reason) {
  public Inferred {
    requireNonNull(value, "value");
    requireNonNull(confidence, "confidence");
    requireNonNull(reason, "reason");
  }

  public static <T> Inferred<T> high(T value, String reason) {
    return new Inferred<>(value, Confidence.HIGH, reason);
  }

  public static <T> Inferred<T> medium(T value, String reason) {
    return new Inferred<>(value, Confidence.MEDIUM, reason);
  }

  public static <T> Inferred<T> low(T value, String reason) {
    return new Inferred<>(value, Confidence.LOW, reason);
  }
}
