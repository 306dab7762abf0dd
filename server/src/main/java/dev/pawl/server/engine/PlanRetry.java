package dev.pawl.server.engine;

import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.Plan;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;

/** Says what a retry would do, from what is stored; asks no API and sends nothing. */
public final class PlanRetry {
  private final RunStore store;
  private final RetryRun retry;
  private final EngineParts parts;

  @Inject
  PlanRetry(RunStore store, RetryRun retry, EngineParts parts) {
    this.store = store;
    this.retry = retry;
    this.parts = parts;
  }

  /**
   * Plans.
   *
   * @throws ServerFailure as RetryRun does
   */
  public Plan run(RetryRun.Command command) {
    RunRecord run = store.find(command.run()).orElseThrow(() -> WatchRun.notFound(command.run()));
    RetryRun.refuse(run, command);
    RetryRun.Mended mended = retry.mend(run, command);
    return new PlanSteps(
            run.key().namespace(),
            mended.workflow(),
            mended.inputs(),
            run.attempt(),
            EarlierSteps.beforeRetry(
                store.steps(run.key()), run.attempt() + 1, mended.workflow().definition()),
            parts)
        .run();
  }
}
