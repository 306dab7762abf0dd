package dev.pawl.server.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that are open, so that a stopping server can end them in good order. */
@Singleton
public final class OpenStreams {
  private final Set<Runnable> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  @Inject
  public OpenStreams() {}

  /** Remembers a stream until it is closed; ends it at once if the server is stopping. */
  void opened(Runnable end) {
    open.add(end);
    if (ending) {
      end.run();
    }
  }

  void closed(Runnable end) {
    open.remove(end);
  }

  /** Ends those that are open and those that still come. */
  void endAll() {
    ending = true;
    open.forEach(Runnable::run);
  }
}
