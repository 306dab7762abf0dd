package dev.pawl.server.store.postgres;

import dev.pawl.server.failure.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/** The database can't be reached or is too busy; nothing was begun, so the call may be repeated. */
public final class DatabaseUnavailable extends StoreUnavailable {
  private static final long serialVersionUID = 1;

  DatabaseUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
