package dev.pawl.server.engine;

import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.Plan;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;

/** Says what a retry would do, from what is stored; asks no API and sends nothing. */
public final class PlanRetry {
  private final RunStore store;
  private final MendRun mend;
  private final EngineParts parts;

  @Inject
  PlanRetry(RunStore store, MendRun mend, EngineParts parts) {
    this.store = store;
    this.mend = mend;
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
    MendRun.Mended mended = mend.run(run, command);
    return new PlanSteps(
            run.key().namespace(),
            mended.workflow(),
            mended.inputs(),
            run.attempt(),
            EarlierSteps.beforeRetry(
                store.steps(run.key()),
                run.attempt() + 1,
                command.selection(),
                mended.workflow().definition()),
            parts)
        .run();
  }
}
