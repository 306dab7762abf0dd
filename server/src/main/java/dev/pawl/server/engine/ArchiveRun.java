package dev.pawl.server.engine;

import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;

/**
 * Puts an ended run aside, for good, and its child runs that have ended: nobody goes on with them
 * any more. Repeating it changes nothing.
 */
public final class ArchiveRun {
  private final RunStore store;
  private final FindRun runs;

  @Inject
  ArchiveRun(RunStore store, FindRun runs) {
    this.store = store;
    this.runs = runs;
  }

  /**
   * Archives.
   *
   * @throws ServerFailure RUN_NOT_FOUND, RUN_NOT_ENDED
   */
  public RunRecord run(RunKey key, String requester) {
    RunRecord read = runs.run(key);
    while (read.archivedAt() == null) {
      if (!read.status().hasEnded()) {
        throw ServerFailure.of(
            Code.FAILED_PRECONDITION,
            "RUN_NOT_ENDED",
            "run "
                + key.runId()
                + " is "
                + read.status()
                + "; wait for its end, or cancel it, before it is archived");
      }
      // Whoever came between has archived it too, or has begun another attempt.
      read = store.archive(read, requester).orElseGet(() -> runs.run(key));
    }
    // After the parent, which can begin none from here on. What fails here comes with a repetition.
    store.children(key).stream()
        .filter(child -> child.status().hasEnded() && child.archivedAt() == null)
        .forEach(child -> run(child.key(), requester));
    return read;
  }
}
