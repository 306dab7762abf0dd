package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a method failed.
 *
 * @param reason the stable word
 * @param message the offender, the expectation and the way out, with the API's own words where it
 *     gave any; never a secret
 * @param request the API request's method and path, such as {@code POST /v2/vpcs}; null where none
 *     was involved
 * @param httpStatus the API's status; 0 where there was no answer
 * @param retryAfter how long the API asked us to wait; null where it did not
 */
public record Failure(
    Reason reason,
    String message,
    @Nullable String request,
    int httpStatus,
    @Nullable Duration retryAfter) {
  public Failure {
    requireNonNull(reason, "reason");
    requireNonNull(message, "message");
  }

  public static Failure of(Reason reason, String message) {
    return new Failure(reason, message, null, 0, null);
  }

  public Failure withRequest(String methodAndPath, int status) {
    return new Failure(reason, message, methodAndPath, status, retryAfter);
  }
}
