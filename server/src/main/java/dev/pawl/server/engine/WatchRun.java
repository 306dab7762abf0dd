package dev.pawl.server.engine;

import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunProgress;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/**
 * Tells a run's events in order. Reads them from the store on the watcher's own thread, so that a
 * slow watcher holds nobody.
 */
public final class WatchRun {
  private static final int PAGE = 200;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final RunStore store;
  private final FindRun runs;
  private final RunBell bell;

  @Inject
  WatchRun(RunStore store, FindRun runs, RunBell bell) {
    this.store = store;
    this.runs = runs;
    this.bell = bell;
  }

  /** Takes events; may block. */
  @FunctionalInterface
  public interface Sink {
    /** Takes an event; false ends the watch. */
    boolean accept(RunEvent event) throws InterruptedException;
  }

  /**
   * Watches until the latest attempt has ended and all was told.
   *
   * @param from only events with a higher sequence
   * @throws dev.pawl.server.failure.ServerFailure RUN_NOT_FOUND
   */
  public void run(RunKey run, long from, Sink sink) throws InterruptedException {
    long told = from;
    try (RunBell.Watch watch = bell.watch(run)) {
      while (true) {
        List<RunEvent> events = store.events(run, told, PAGE);
        for (RunEvent event : events) {
          if (!sink.accept(event)) {
            return;
          }
          told = event.sequence();
        }
        if (events.isEmpty() || hasEnded(events.get(events.size() - 1))) {
          RunProgress now = find(run);
          if (now.status().hasEnded() && told >= now.eventSequence()) {
            return;
          }
          if (told >= now.eventSequence()) {
            watch.await(LOOK_AGAIN);
          }
        } else if (events.size() < PAGE) {
          watch.await(LOOK_AGAIN);
        }
      }
    }
  }

  private static boolean hasEnded(RunEvent event) {
    return event.run() != null && event.run().status().hasEnded();
  }

  private RunProgress find(RunKey run) {
    return store.progress(run).orElseThrow(() -> runs.notFound(run));
  }
}
