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
  private final OwnedRuns owned;

  @Inject
  CancelRun(RunStore store, OwnedRuns owned) {
    this.store = store;
    this.owned = owned;
  }

  /**
   * Asks for the run's end; one that another executor has ends at that one's next heartbeat.
   *
   * @throws ServerFailure RUN_NOT_FOUND, RUN_ENDED, ATTEMPT_CHANGED
   */
  public RunRecord run(RunKey run, String reason, @Nullable Integer expectedAttempt) {
    RunRecord read = store.find(run).orElseThrow(() -> WatchRun.notFound(run));
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
    RunRecord asked = store.requestCancel(run, reason).orElseThrow(() -> WatchRun.notFound(run));
    owned.stop(run, StopSignal.Cause.CANCELLED);
    return asked;
  }
}
