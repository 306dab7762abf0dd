package dev.pawl.postgres;

/** PostgreSQL can't be started, reached or used; the message is one sentence meant for a person. */
public class PostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PostgresException(String message) {
    super(message);
  }

  public PostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
