package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a step failed.
 *
 * @param code the gRPC code's name
 * @param reason the stable word
 * @param message the offender, the expectation and the way out
 * @param request the API request's method and path; null where none was involved
 * @param httpStatus the API's status; 0 where there was none
 * @param violations fields that are wrong, {@code path: message}
 */
public record StepError(
    String code,
    String reason,
    String message,
    @Nullable String request,
    int httpStatus,
    List<String> violations) {
  public StepError {
    requireNonNull(code, "code");
    requireNonNull(reason, "reason");
    requireNonNull(message, "message");
    violations = List.copyOf(violations);
  }

  public static StepError of(Failure failure) {
    return new StepError(
        failure.reason().code().name(),
        failure.reason().name(),
        failure.message(),
        failure.request(),
        failure.httpStatus(),
        List.of());
  }
}
