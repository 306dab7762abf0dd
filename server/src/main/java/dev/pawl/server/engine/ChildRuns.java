package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Reason;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.ParentStep;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.NewWait;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.EngineSteps;
import dev.pawl.server.workflow.RecoveryPolicy;
import dev.pawl.server.workflow.StepDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which run a step of {@code core/workflow} waits for. */
final class ChildRuns {
  private final StepDefinition step;
  private final ExecuteStep.Surroundings around;

  ChildRuns(StepDefinition step, ExecuteStep.Surroundings around) {
    this.step = step;
    this.around = around;
  }

  /**
   * The run it had before, as long as that is of the same definition and inputs and its end has not
   * been this step's already: as it is, or in its next attempt. Else a new one: a success that is
   * come to again was named, or is to run in every attempt, and so runs again.
   *
   * @throws ServerFailure when the child can't be started
   */
  NewWait.Child of(StepKey key, ObjectNode arguments) throws StaleRunException {
    FindWorkflow.Found found =
        around
            .journal()
            .read(
                () -> around.parts().find().run(around.run().key().namespace(), source(arguments)));
    ParsedWorkflow workflow = around.parts().check().definition(found.fileName(), found.text());
    ObjectNode inputs =
        around
            .parts()
            .check()
            .inputs(
                workflow,
                arguments.path("inputs") instanceof ObjectNode object ? object : Json.object());
    Optional<RunRecord> before =
        around.journal().read(() -> around.parts().store().child(around.run().key(), key));
    if (before.isPresent() && isSame(before.get(), workflow, inputs)) {
      RunRecord child = before.get();
      if (!child.status().hasEnded()) {
        return new NewWait.Child.There(child.key().runId());
      }
      boolean isSpent = child.status() == RunStatus.SUCCEEDED ? hadEnd(key) : isArchived(child);
      if (!isSpent && !around.live().standing().startsOver()) {
        return child.status() == RunStatus.SUCCEEDED
            ? new NewWait.Child.There(child.key().runId())
            : new NewWait.Child.Again(again(child));
      }
    }
    return new NewWait.Child.Start(start(key, workflow, found, inputs));
  }

  /** Which version the name of a stored one stands for is found out when the step begins. */
  private WorkflowSource source(ObjectNode arguments) {
    if (arguments.has(EngineSteps.STORED)) {
      return WorkflowSource.Stored.parse(arguments.path(EngineSteps.STORED).asText());
    }
    JsonNode given = arguments.path(EngineSteps.DEFINITION);
    return new WorkflowSource.Inline(
        given.isTextual() ? given.textValue() : Json.write(given),
        around.run().definitionFile() + "#" + step.id());
  }

  /** Whether the step has had its end; in work that this attempt goes on with it would be kept. */
  private boolean hadEnd(StepKey key) {
    return around
        .earlier()
        .latest(key)
        .filter(step -> step.status() == StepStatus.SUCCEEDED)
        .isPresent();
  }

  /** It can't be retried any more, for good. */
  private static boolean isArchived(RunRecord child) {
    return child.archivedAt() != null;
  }

  private boolean isSame(RunRecord child, ParsedWorkflow workflow, ObjectNode inputs) {
    return child.inputs().equals(inputs)
        && around
            .parts()
            .check()
            .definition(child.definitionFile(), child.definition())
            .definition()
            .canonical()
            .equals(workflow.definition().canonical());
  }

  private NewAttempt again(RunRecord child) {
    return new NewAttempt(
        child, AttemptReason.RETRY, around.run().requester(), null, null, null, null, null);
  }

  private NewRun start(
      StepKey key, ParsedWorkflow workflow, FindWorkflow.Found found, ObjectNode inputs) {
    RunRecord parent = around.run();
    if (parent.depth() + 1 >= EngineSteps.MAX_DEPTH) {
      throw ServerFailure.of(
          Code.RESOURCE_EXHAUSTED,
          "LIMIT_EXCEEDED",
          "run "
              + parent.key().runId()
              + " is the "
              + EngineSteps.MAX_DEPTH
              + "th workflow one inside the other, which is as deep as they may stand; let a"
              + " workflow further up start the others");
    }
    RecoveryPolicy recovery = workflow.definition().recovery();
    return new NewRun(
        new RunKey(parent.key().namespace(), around.parts().ids().next()),
        workflow.definition().name(),
        found.version(),
        found.text(),
        found.fileName(),
        inputs,
        recovery.strategy().name().toLowerCase(Locale.ROOT),
        recovery.maxRecoveries(),
        parent.requester(),
        null,
        null,
        new ParentStep(parent.key().runId(), key),
        parent.depth() + 1,
        false);
  }

  /** Why a step failed whose child run did not succeed. */
  static StepError failure(RunRecord child) {
    String reason = child.reason() == null ? child.status().name() : child.reason();
    String words =
        child.message() == null || child.message().isEmpty() ? "" : ": " + child.message();
    Code code =
        switch (reason) {
          case "DEADLINE" -> Reason.DEADLINE.code();
          case "CANCELLED" -> Reason.CANCELLED.code();
          default -> Code.FAILED_PRECONDITION;
        };
    return new StepError(
        code.name(),
        reason,
        "child run " + child.key().runId() + " ended as " + child.status() + words,
        null,
        0,
        List.of());
  }

  /** Why no child run could be started. */
  static StepError refused(ServerFailure e) {
    List<String> violations =
        e.violations().stream().map(v -> v.field() + ": " + v.message()).toList();
    return new StepError(
        e.code().name(),
        e.reason(),
        "the child run can't be started: " + e.getMessage(),
        null,
        0,
        violations);
  }
}
