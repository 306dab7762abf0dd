package dev.pawl.server.engine;

import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.RunView;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.run.Plan;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;

/** Says what a retry would do, from what is stored and what APIs show; only reads. */
public final class PlanRetry {
  private final RunStore store;
  private final FindRun runs;
  private final MendRun mend;
  private final EngineParts parts;

  @Inject
  PlanRetry(RunStore store, FindRun runs, MendRun mend, EngineParts parts) {
    this.store = store;
    this.runs = runs;
    this.mend = mend;
    this.parts = parts;
  }

  /**
   * Plans.
   *
   * @throws ServerFailure as RetryRun does
   */
  public Plan run(RetryRun.Command command) throws InterruptedException {
    RunRecord run = runs.run(command.run());
    RetryRun.refuse(run, command);
    MendRun.Mended mended = mend.run(run, command);
    RetryRun.refuseOverdue(run, mended.workflow().definition(), store);
    StepEvaluator evaluator = new StepEvaluator(mended.workflow());
    RunHistory history = RunHistory.of(store, run.key());
    RunView view =
        new RunView(
            run.key().runId(), run.attempt() + 1, run.workflowName(), run.key().namespace());
    PlanSteps.Basis basis =
        new PlanSteps.Basis(
            view,
            mended.workflow(),
            mended.inputs(),
            run.attempt(),
            run.createdAt(),
            EarlierSteps.beforeRetry(
                history, run.attempt() + 1, command.selection(), mended.workflow().definition()),
            new ExplainChange(history, mended.inputs(), evaluator, parts.check()));
    return new PlanSteps(basis, evaluator, parts).run();
  }
}
