package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.Scope;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.run.Waiting.Answer;
import dev.pawl.server.run.Waiting.Decision;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.StepDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step that waits: looks whether what it waits for has come, and ends the step if so. */
final class PendingWait {
  private static final Logger LOG = LoggerFactory.getLogger(PendingWait.class);
  private static final Duration TICK = Duration.ofMillis(1);

  private final StepDefinition step;
  private final Scope scope;
  private final ExecuteStep.Surroundings around;
  private final StepDraft draft;
  private final CompletableFuture<StepRecord> end = new CompletableFuture<>();
  private Timers.Alarm alarm = () -> {};
  private @Nullable Duration left;
  private long leftAt;

  /**
   * @param record of the step, WAITING
   */
  PendingWait(
      StepDefinition step, StepRecord record, Scope scope, ExecuteStep.Surroundings around) {
    this.step = step;
    this.scope = scope;
    this.around = around;
    this.draft = StepDraft.of(record);
  }

  StepKey key() {
    return draft.key();
  }

  /** The step's end, once it is written; or the step as it is, WAITING, when it is called again. */
  CompletionStage<StepRecord> end() {
    return end;
  }

  /**
   * Ends the wait, or sets the alarm for its next time.
   *
   * @return whether it has ended
   */
  boolean look(Waiting now, Runnable again) throws StaleRunException {
    alarm.close();
    if (now.kind() == Waiting.Kind.AGAIN && now.isDue() && !now.isLate() && !isStopped()) {
      // Another server calls it where this one is leaving.
      boolean here = !around.live().activity().isHandingOver();
      if (here) {
        end.complete(draft.record());
      }
      return here;
    }
    Optional<StepDraft> ended = ended(now);
    if (ended.isEmpty()) {
      arm(now, again);
      return false;
    }
    around.journal().step(ended.get().record());
    end.complete(ended.get().record());
    return true;
  }

  private Optional<StepDraft> ended(Waiting now) throws StaleRunException {
    try {
      return switch (now.kind()) {
        case TIME -> slept(now);
        case APPROVAL -> decided(now);
        case CHILD -> childEnded(now);
        case AGAIN -> rested(now);
      };
    } catch (EvaluationFailed | LimitExceeded e) {
      return Optional.of(draft.failed(ExecuteStep.invalid(e)));
    } catch (RuntimeException | Error e) {
      LOG.error("run {}: step {} fails by a defect", around.run().key().runId(), key(), e);
      return Optional.of(draft.failed(Defects.error(e)));
    }
  }

  private Optional<StepDraft> rested(Waiting now) {
    if (isStopped()) {
      return Optional.of(draft.ended(StepStatus.CANCELLED));
    }
    String words = "step " + key() + " did not end within " + CleanupLimit.WORDS;
    return now.isLate()
        ? Optional.of(draft.failed(StepError.of(Failure.of(Reason.DEADLINE, words))))
        : Optional.empty();
  }

  private Optional<StepDraft> slept(Waiting now) throws EvaluationFailed {
    if (isStopped()) {
      return Optional.of(draft.ended(StepStatus.CANCELLED));
    }
    Duration dueIn = now.dueIn();
    Duration deadlineIn = now.deadlineIn();
    boolean timeoutFirst = dueIn != null && deadlineIn != null && deadlineIn.compareTo(dueIn) < 0;
    if (now.isLate() && timeoutFirst) {
      return Optional.of(late());
    }
    return now.isDue()
        ? Optional.of(succeeded(Json.object().put("until", String.valueOf(now.dueAt()))))
        : Optional.empty();
  }

  private Optional<StepDraft> decided(Waiting read) throws StaleRunException, EvaluationFailed {
    Waiting now = read;
    if (now.answer() == null && (isStopped() || now.isLate())) {
      // A decision that comes first counts; after this none does.
      now = close("the step waits no longer");
    }
    Answer answer = now.answer();
    if (answer != null) {
      return Optional.of(decided(answer));
    }
    if (isStopped()) {
      return Optional.of(draft.ended(StepStatus.CANCELLED));
    }
    return now.isLate() ? Optional.of(undecided(now)) : Optional.empty();
  }

  private StepDraft decided(Answer answer) throws EvaluationFailed {
    if (answer.decision() == Decision.APPROVED) {
      return succeeded(
          Json.object()
              .put("decision", answer.decision().name())
              .put("decidedBy", answer.by())
              .put("comment", answer.comment())
              .put("at", answer.at().toString()));
    }
    String why = answer.comment().isEmpty() ? "" : ": " + answer.comment();
    return draft.failed(rejected(answer.by() + " rejected it" + why));
  }

  /** The step's timeout came first. */
  private StepDraft undecided(Waiting now) throws EvaluationFailed {
    ObjectNode arguments = around.evaluator().resolveWith(step, scope);
    return switch (arguments.path("onTimeout").asText("fail")) {
      case "approve" ->
          succeeded(
              Json.object()
                  .put("decision", Decision.APPROVED.name())
                  .put("decidedBy", "timeout")
                  .put("comment", "nobody decided within " + step.timeout())
                  .put("at", now.since().plus(limit()).toString()));
      case "reject" -> draft.failed(rejected("nobody decided within " + step.timeout()));
      default -> late();
    };
  }

  private Duration limit() {
    return step.timeout() == null ? Duration.ZERO : step.timeout();
  }

  private static StepError rejected(String message) {
    return new StepError(
        Reason.Code.FAILED_PRECONDITION.name(), "APPROVAL_REJECTED", message, null, 0, List.of());
  }

  private Optional<StepDraft> childEnded(Waiting now) throws StaleRunException, EvaluationFailed {
    RunKey key = new RunKey(around.run().key().namespace(), String.valueOf(now.childRunId()));
    RunRecord child = around.journal().read(() -> around.parts().store().find(key).orElseThrow());
    if (!child.status().hasEnded()) {
      if (!now.closed() && (isStopped() || now.isLate())) {
        close(isStopped() ? "its parent run stops" : "its parent's step ran out of time");
        around.parts().news().stop(key);
      }
      return Optional.empty();
    }
    if (child.status() == RunStatus.SUCCEEDED) {
      JsonNode outputs = child.outputs();
      return Optional.of(succeeded(outputs == null ? Json.object() : outputs));
    }
    if (isStopped()) {
      return Optional.of(draft.ended(StepStatus.CANCELLED));
    }
    return Optional.of(now.closed() ? late() : draft.failed(ChildRuns.failure(child)));
  }

  private StepDraft succeeded(JsonNode own) throws EvaluationFailed {
    return draft.succeeded(Outcome.EXECUTED, around.evaluator().stepOutput(step, scope, own));
  }

  private StepDraft late() {
    return draft.failed(
        StepError.of(
            Failure.of(
                Reason.DEADLINE,
                "step "
                    + key()
                    + " did not end within its timeout of "
                    + step.timeout()
                    + ", which counts the time it waited")));
  }

  private boolean isStopped() {
    return around.signal().cause() != null;
  }

  private Waiting close(String why) throws StaleRunException {
    return around
        .journal()
        .fenced(
            RunJournal.News.PLAN,
            () ->
                around
                    .parts()
                    .store()
                    .closeWait(around.run().key(), around.run().generation(), key(), why));
  }

  private void arm(Waiting now, Runnable again) {
    Duration next = now.dueIn();
    Duration deadline = now.deadlineIn();
    if (deadline != null && !now.closed() && (next == null || deadline.compareTo(next) < 0)) {
      next = deadline;
    }
    left = next;
    leftAt = System.nanoTime();
    if (next != null && next.isPositive()) {
      alarm = around.parts().timers().after(next.plus(TICK), again);
    }
  }

  /** Sets no more alarms; how long until the last one would have gone off, if it was set. */
  Optional<Duration> rest() {
    alarm.close();
    return Optional.ofNullable(left).map(l -> l.minusNanos(System.nanoTime() - leftAt));
  }
}
