package dev.pawl.client;

/** Thrown by a {@link Create} that is certain that nothing was made. */
public class NotMadeException extends Exception {
  private static final long serialVersionUID = 1;

  public NotMadeException(String message) {
    super(message);
  }

  public NotMadeException(String message, Throwable cause) {
    super(message, cause);
  }
}
