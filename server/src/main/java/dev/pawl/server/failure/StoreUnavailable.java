package dev.pawl.server.failure;

import org.jspecify.annotations.Nullable;

/**
 * What is stored can't be reached or is too busy; nothing was begun, so the call may be repeated.
 */
public class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  protected StoreUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
