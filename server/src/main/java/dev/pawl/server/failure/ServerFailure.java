package dev.pawl.server.failure;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Failure;
import dev.pawl.model.Reason;
import java.util.List;
import java.util.Map;

/**
 * A request failed for a reason that its caller can act on. The one interceptor that turns
 * throwables into statuses reads code, reason and violations from here.
 */
public final class ServerFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason.Code code;
  private final String reason;
  private final transient List<Violation> violations;
  private final transient Map<String, String> metadata;

  /**
   * A field that is wrong.
   *
   * @param field {@code file:line:column} or a field path
   * @param message what is wrong with it
   * @param suggestion what was probably meant; empty for none
   */
  public record Violation(String field, String message, String suggestion) {
    public Violation {
      requireNonNull(field, "field");
      requireNonNull(message, "message");
      requireNonNull(suggestion, "suggestion");
    }
  }

  public ServerFailure(
      Reason.Code code, String reason, String message, List<Violation> violations) {
    this(code, reason, message, violations, Map.of());
  }

  private ServerFailure(
      Reason.Code code,
      String reason,
      String message,
      List<Violation> violations,
      Map<String, String> metadata) {
    super(message);
    this.code = requireNonNull(code);
    this.reason = requireNonNull(reason);
    this.violations = List.copyOf(violations);
    this.metadata = Map.copyOf(metadata);
  }

  /** The same with facts that programs may read, under the names that ErrorReason gives. */
  public ServerFailure with(Map<String, String> facts) {
    ServerFailure copy =
        new ServerFailure(code, reason, String.valueOf(getMessage()), violations, facts);
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** A failure without violations. */
  public static ServerFailure of(Reason.Code code, String reason, String message) {
    return new ServerFailure(code, reason, message, List.of());
  }

  /** A malformed field of a request. */
  public static ServerFailure invalidField(String field, String message) {
    return new ServerFailure(
        Reason.Code.INVALID_ARGUMENT,
        "INVALID_FIELD",
        field + ": " + message,
        List.of(new Violation(field, message, "")));
  }

  public static ServerFailure of(Failure failure) {
    return of(failure.reason().code(), failure.reason().name(), failure.message());
  }

  public Reason.Code code() {
    return code;
  }

  /** A name of the wire's ErrorReason, without its prefix. */
  public String reason() {
    return reason;
  }

  public List<Violation> violations() {
    return violations;
  }

  /** Facts for programs; empty for none. */
  public Map<String, String> metadata() {
    return metadata;
  }
}
