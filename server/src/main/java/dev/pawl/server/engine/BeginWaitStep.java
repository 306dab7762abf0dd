package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.Durations;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.NewWait;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.EngineSteps;
import dev.pawl.server.workflow.StepDefinition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins a step that waits: from its write on, all of it is in the database. */
final class BeginWaitStep {
  private static final int PROMPT_SHOWN = 200;

  private final StepDefinition step;
  private final ExecuteStep.Surroundings around;

  BeginWaitStep(StepDefinition step, ExecuteStep.Surroundings around) {
    this.step = step;
    this.around = around;
  }

  /** The record as it was written: WAITING, or FAILED if its arguments make no sense. */
  StepRecord run(StepDraft draft, ObjectNode arguments) throws StaleRunException {
    try {
      while (true) {
        NewWait wait = wait(draft, arguments);
        Optional<StepRecord> begun = write(wait, around);
        if (begun.isPresent()) {
          if (wait.child() != null) {
            around.parts().news().claim();
          }
          return begun.get();
        }
        // Somebody else moved the child meanwhile: look at it again.
      }
    } catch (ServerFailure e) {
      return failed(draft, ChildRuns.refused(e));
    } catch (IllegalArgumentException | DateTimeException e) {
      return failed(
          draft,
          StepError.of(Failure.of(Reason.INVALID_ARGUMENTS, String.valueOf(e.getMessage()))));
    }
  }

  /** The step as written; empty where a child run has been moved by somebody else meanwhile. */
  static Optional<StepRecord> write(NewWait wait, ExecuteStep.Surroundings around)
      throws StaleRunException {
    return around
        .journal()
        .fenced(
            RunJournal.News.PLAN,
            () ->
                around
                    .parts()
                    .store()
                    .beginWait(around.run().key(), around.run().generation(), wait))
        .map(begun -> wait.step());
  }

  private StepRecord failed(StepDraft draft, StepError error) throws StaleRunException {
    StepRecord record = draft.failed(error).record();
    around.journal().step(record);
    return record;
  }

  private NewWait wait(StepDraft draft, ObjectNode arguments) throws StaleRunException {
    return switch (step.model()) {
      case EngineSteps.WAIT -> sleep(draft, arguments);
      case EngineSteps.APPROVAL -> approval(draft, arguments.path("prompt").asText());
      case EngineSteps.WORKFLOW -> {
        NewWait.Child child = new ChildRuns(step, around).of(draft.key(), arguments);
        String what = "run " + child.runId();
        yield NewWait.child(draft.suspended(what).record(), child, step.timeout());
      }
      default -> throw new IllegalStateException(step.model() + " does not wait");
    };
  }

  private NewWait sleep(StepDraft draft, ObjectNode arguments) {
    Duration lasts = arguments.has("duration") ? Durations.parse(arguments.path("duration")) : null;
    Instant until = lasts == null ? time(arguments.path("until").asText()) : null;
    return NewWait.sleep(draft.suspended("its time").record(), lasts, until, step.timeout());
  }

  private static @Nullable Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "until: '" + text + "' is not a time; write 2026-01-31T08:00:00Z", e);
    }
  }

  private NewWait approval(StepDraft draft, String prompt) {
    String shown =
        prompt.length() > PROMPT_SHOWN ? prompt.substring(0, PROMPT_SHOWN) + "…" : prompt;
    return NewWait.approval(draft.suspended("approval: " + shown).record(), prompt, step.timeout());
  }
}
