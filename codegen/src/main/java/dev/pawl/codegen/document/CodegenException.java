package dev.pawl.codegen.document;

/**
 * The input cannot be used. The message names the offender, what was expected and the way out, and
 * is meant to be shown as it is.
 */
public final class CodegenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CodegenException(String message) {
    super(message);
  }

  public CodegenException(String message, Throwable cause) {
    super(message, cause);
  }
}
