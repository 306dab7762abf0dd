package dev.pawl.server.store.postgres;

import org.jspecify.annotations.Nullable;

/** The database can't be reached or is too busy; nothing was begun, so the call may be repeated. */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  DatabaseUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
