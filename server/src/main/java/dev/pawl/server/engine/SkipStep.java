package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.Suggestion;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.Selection;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.WorkflowDefinition;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a step of an ended run count as succeeded from the next retry on. */
public final class SkipStep {
  private final RunStore store;
  private final FindRun runs;
  private final CheckWorkflow check;

  @Inject
  SkipStep(RunStore store, FindRun runs, CheckWorkflow check) {
    this.store = store;
    this.runs = runs;
    this.check = check;
  }

  /**
   * A step to answer for.
   *
   * @param iteration empty: the whole step
   * @param output what those who consume it get; JSON null is an output
   * @param reason why, in the requester's words
   * @param expectedAttempt the latest attempt the caller has seen; null: whichever it is
   */
  public record Command(
      RunKey run,
      String stepId,
      String iteration,
      JsonNode output,
      String reason,
      @Nullable Integer expectedAttempt,
      String requester) {
    public Command {
      requireNonNull(run, "run");
      requireNonNull(stepId, "stepId");
      requireNonNull(iteration, "iteration");
      requireNonNull(output, "output");
      requireNonNull(reason, "reason");
      requireNonNull(requester, "requester");
    }

    StepKey key() {
      return new StepKey(stepId, iteration);
    }
  }

  /**
   * Keeps the answer.
   *
   * @throws ServerFailure RUN_NOT_FOUND, RUN_ARCHIVED, ATTEMPT_CHANGED, STEP_NOT_FOUND,
   *     STEP_NOT_SKIPPABLE
   */
  public RunRecord run(Command command) {
    RunRecord run = runs.run(command.run());
    RetryRun.refuseArchived(run);
    RetryRun.refuseOtherAttempt(run, command.expectedAttempt());
    WorkflowDefinition workflow =
        check.definition(run.definitionFile(), run.definition()).definition();
    StepDefinition step = MendRun.find(workflow, "step_id", command.stepId());
    refuseUnended(run, command);
    EarlierSteps earlier =
        EarlierSteps.beforeRetry(
            RunHistory.of(store, run.key()), run.attempt() + 1, Selection.NONE, workflow);
    refuseIteration(step, command, earlier);
    refuseSucceeded(command, earlier);
    StepOverride said =
        new StepOverride(
            command.key(),
            run.attempt(),
            command.output(),
            command.reason(),
            command.requester(),
            Instant.EPOCH);
    if (!store.override(run, said)) {
      throw RetryRun.changed(store.find(run.key()).orElse(run));
    }
    return run;
  }

  private static void refuseUnended(RunRecord run, Command command) {
    if (!run.status().hasEnded()) {
      throw notSkippable(
          command,
          "run "
              + run.key().runId()
              + " is "
              + run.status()
              + ", and decides its steps as they come; wait for its end, or cancel it, then skip"
              + " the step and retry");
    }
    if (run.status() == RunStatus.SUCCEEDED) {
      throw notSkippable(
          command, "run " + run.key().runId() + " has succeeded, so no retry would skip it");
    }
  }

  private static void refuseIteration(StepDefinition step, Command command, EarlierSteps earlier) {
    if (command.iteration().isEmpty()) {
      return;
    }
    List<String> known =
        earlier.latestOf(step.id()).stream()
            .map(s -> s.key().iteration())
            .filter(i -> !i.isEmpty())
            .toList();
    if (!known.contains(command.iteration())) {
      Optional<String> near = Suggestion.nearest(command.iteration(), known);
      throw MendRun.notFound(
          "iteration_key",
          "no attempt has come to an iteration "
              + command.iteration()
              + " of step "
              + step.id()
              + near.map(n -> "; did you mean " + n + "?").orElse("; skip the step as a whole"),
          near.orElse(""));
    }
  }

  private static void refuseSucceeded(Command command, EarlierSteps earlier) {
    if (earlier.override(command.key()).isPresent()) {
      return;
    }
    List<StepRecord> latest =
        command.iteration().isEmpty()
            ? earlier.latestOf(command.stepId())
            : earlier.latest(command.key()).stream().toList();
    if (!latest.isEmpty() && latest.stream().allMatch(s -> s.status() == StepStatus.SUCCEEDED)) {
      throw notSkippable(
          command,
          "it has succeeded in attempt "
              + latest.get(0).attempt()
              + ", so a retry keeps it anyway");
    }
  }

  private static ServerFailure notSkippable(Command command, String why) {
    return ServerFailure.of(
        Code.FAILED_PRECONDITION,
        "STEP_NOT_SKIPPABLE",
        "step " + command.key() + " can't be skipped: " + why);
  }
}
