package dev.pawl.sandbox.answer;

/** The request gets an error for an answer; nothing was made or changed. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  static Refusal notFound(String what) {
    return new Refusal(404, what + " does not exist.");
  }

  public int status() {
    return status;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
