package dev.pawl.server.engine;

import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Interrupts a run. What was sent already is written down as it stands, never forgotten. */
public final class CancelRun {
  private final RunStore store;
  private final FindRun runs;
  private final OwnedRuns owned;
  private final News news;

  @Inject
  CancelRun(RunStore store, FindRun runs, OwnedRuns owned, News news) {
    this.store = store;
    this.runs = runs;
    this.owned = owned;
    this.news = news;
  }

  /**
   * Asks for the run's end; one that another executor has ends at that one's next heartbeat.
   * Cleanup steps still run; asked again a second or more later, they are stopped too.
   *
   * @throws ServerFailure RUN_NOT_FOUND, RUN_ENDED, ATTEMPT_CHANGED
   */
  public RunRecord run(RunKey run, String reason, @Nullable Integer expectedAttempt) {
    RunRecord read = runs.run(run);
    if (expectedAttempt != null && expectedAttempt != read.attempt()) {
      throw ServerFailure.of(
          Code.ABORTED,
          "ATTEMPT_CHANGED",
          "run " + run.runId() + " is in attempt " + read.attempt() + " by now; look at it again");
    }
    if (read.status().hasEnded()) {
      if (read.status() == RunStatus.CANCELLED) {
        return read;
      }
      throw ServerFailure.of(
          Code.FAILED_PRECONDITION,
          "RUN_ENDED",
          "run "
              + run.runId()
              + " has ended as "
              + read.status()
              + ", so there is nothing to cancel");
    }
    RunRecord asked = store.requestCancel(run, reason).orElseThrow(() -> runs.notFound(run));
    if (asked.cancelAgainAt() != null) {
      owned.stopCleanup(run);
    }
    news.stop(run);
    // A run that waits is not stopped but woken; one that was queued has ended, and may be a child.
    RunKey parent = asked.parentRun();
    if (parent != null) {
      news.about(parent);
    }
    return asked;
  }
}
