package dev.pawl.cli.failure;

import java.io.Serial;

/** Ends a command with a {@link Failure}. */
public final class CliException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Failure failure;

  public CliException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public CliException(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  /** The command itself is wrong: exit code 2. */
  public static CliException usage(String message) {
    return new CliException(Failure.usage(message));
  }

  public Failure failure() {
    return failure;
  }
}
