package dev.pawl.server.engine;

import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;

/** Takes a person's decision on a step that waits for one. */
public final class DecideApproval {
  private final CheckWorkflow check;
  private final RunStore store;
  private final FindRun runs;
  private final News news;

  @Inject
  DecideApproval(CheckWorkflow check, RunStore store, FindRun runs, News news) {
    this.check = check;
    this.store = store;
    this.runs = runs;
    this.news = news;
  }

  /**
   * Decides; the same decision again changes nothing.
   *
   * @throws ServerFailure RUN_NOT_FOUND, STEP_NOT_FOUND, NO_APPROVAL_PENDING
   */
  public void run(Decide decide) {
    RunRecord run = runs.run(decide.run());
    switch (store.decide(decide)) {
      case DECIDED -> news.about(decide.run());
      case SAME -> {
        // As it was decided, so it stays.
      }
      case OTHER ->
          throw refused("step " + decide.step() + " was decided otherwise before", decide);
      case NONE_PENDING -> {
        refuseUnknown(run, decide);
        throw refused(
            "step "
                + decide.step()
                + " of run "
                + decide.run().runId()
                + " does not wait for an approval now",
            decide);
      }
    }
  }

  private void refuseUnknown(RunRecord run, Decide decide) {
    boolean known =
        check
            .definition(run.definitionFile(), run.definition())
            .definition()
            .step(decide.step().stepId())
            .isPresent();
    if (!known) {
      throw ServerFailure.of(
          Code.NOT_FOUND,
          "STEP_NOT_FOUND",
          "run "
              + run.key().runId()
              + " has no step "
              + decide.step().stepId()
              + "; `pawl show "
              + run.key().runId()
              + "` lists them");
    }
  }

  private static ServerFailure refused(String what, Decide decide) {
    return ServerFailure.of(
        Code.FAILED_PRECONDITION,
        "NO_APPROVAL_PENDING",
        what + "; `pawl show " + decide.run().runId() + "` says how it stands");
  }
}
