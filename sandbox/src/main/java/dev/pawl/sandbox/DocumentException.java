package dev.pawl.sandbox;

import org.jspecify.annotations.Nullable;

/** The document that should be simulated is missing, unreadable, or no OpenAPI document. */
public final class DocumentException extends SandboxException {
  private static final long serialVersionUID = 1L;

  public DocumentException(String message) {
    super(message);
  }

  public DocumentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
