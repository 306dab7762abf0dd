package dev.pawl.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * The sandbox can't start or go on. The message is one plain sentence that names the offender and
 * the way out, fit to be shown to a user as it is.
 */
public class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SandboxException(String message) {
    super(message);
  }

  public SandboxException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
