package dev.pawl.cli.failure;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Why a command failed.
 *
 * @param code a gRPC status code's name
 * @param reason a typed reason, such as {@code IDEMPOTENCY_KEY_REUSED}
 * @param message one sentence: the offender, the expectation and the way out
 * @param violations the single problems, where there are several
 * @param hints what to do next, for people only
 */
public record Failure(
    String code, String reason, String message, List<Violation> violations, List<String> hints) {
  public static final String USAGE = "USAGE";
  public static final String IN_DOUBT = "IN_DOUBT";
  public static final String LIMIT_EXCEEDED = "LIMIT_EXCEEDED";

  public Failure {
    requireNonNull(code, "code");
    requireNonNull(reason, "reason");
    requireNonNull(message, "message");
    violations = List.copyOf(violations);
    hints = List.copyOf(hints);
  }

  /** The command itself is wrong. */
  public static Failure usage(String message) {
    return of("INVALID_ARGUMENT", USAGE, message);
  }

  public static Failure of(String code, String reason, String message) {
    return new Failure(code, reason, message, List.of(), List.of());
  }

  public Failure withHints(String... more) {
    return new Failure(code, reason, message, violations, List.of(more));
  }

  public Failure withViolations(List<Violation> more) {
    return new Failure(code, reason, message, more, hints);
  }

  public ExitCode exitCode() {
    if (reason.equals(IN_DOUBT)) {
      return ExitCode.IN_DOUBT;
    }
    // What is too big was given to the command, like what is wrong in another way.
    return code.equals("INVALID_ARGUMENT") || reason.equals(LIMIT_EXCEEDED)
        ? ExitCode.USAGE
        : ExitCode.FAILED;
  }
}
