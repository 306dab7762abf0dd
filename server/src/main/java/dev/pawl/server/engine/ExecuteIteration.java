package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Caller;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodKind;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Reason;
import dev.pawl.server.language.ArgumentsCheck;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.language.Violation;
import dev.pawl.server.models.MethodCall;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.StepDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a step's method once, for one item where there are several, with the step's own retries. */
final class ExecuteIteration {
  private final RunRecord run;
  private final StepDefinition step;
  private final StepEvaluator evaluator;
  private final Scope scope;
  private final EarlierSteps earlier;
  private final RunJournal journal;
  private final StopSignal signal;
  private final EngineParts parts;
  private StepDraft draft;

  ExecuteIteration(
      RunRecord run,
      StepDefinition step,
      StepDraft draft,
      StepEvaluator evaluator,
      Scope scope,
      EarlierSteps earlier,
      RunJournal journal,
      StopSignal signal,
      EngineParts parts) {
    this.run = run;
    this.step = step;
    this.draft = draft;
    this.evaluator = evaluator;
    this.scope = scope;
    this.earlier = earlier;
    this.journal = journal;
    this.signal = signal;
    this.parts = parts;
  }

  /** Runs it; the record as it was written last. */
  StepRecord run() throws StaleRunException {
    Optional<StepRecord> success = earlier.success(draft.key());
    if (success.isPresent() && earlier.reason() == AttemptReason.RECOVERY) {
      return success.get();
    }
    ObjectNode arguments;
    try {
      String instance = evaluator.resolveInstance(step, scope);
      arguments = evaluator.resolveWith(step, scope);
      draft = draft.resolved(instance, fingerprint(instance, arguments));
    } catch (EvaluationFailed | LimitExceeded e) {
      return write(draft.failed(ExecuteStep.invalid(e)));
    }
    if (success.isPresent() && mayKeep(success.get())) {
      return success.get();
    }
    MethodDescriptor method = method();
    List<Violation> violations = ArgumentsCheck.validate(method, arguments);
    if (!violations.isEmpty()) {
      return write(draft.failed(invalid(violations)));
    }
    return tries(method, arguments);
  }

  /** A create's stored state is verified by its policy; everything else is kept as it is. */
  private boolean mayKeep(StepRecord success) {
    boolean same =
        success.fingerprint() != null && success.fingerprint().equals(draft.record().fingerprint());
    return same && method().kind() != MethodKind.CREATE;
  }

  private String fingerprint(String instance, ObjectNode arguments) {
    ObjectNode what = Json.object();
    what.set("step", step.effect());
    what.put("instance", instance);
    what.set("arguments", arguments);
    return Json.fingerprint(what);
  }

  private MethodDescriptor method() {
    return parts
        .models()
        .model(step.model())
        .flatMap(m -> m.method(step.method()))
        .orElseThrow(() -> new IllegalStateException("checked before the run: " + step.model()));
  }

  private StepRecord tries(MethodDescriptor method, ObjectNode arguments) throws StaleRunException {
    for (int tries = 1; ; tries++) {
      draft = draft.running(tries);
      write(draft);
      AtomicBoolean timedOut = new AtomicBoolean();
      try {
        return write(call(arguments, timedOut));
      } catch (MethodException e) {
        if (!mayTryAgain(tries, method, e)) {
          return write(draft.failed(StepError.of(e.failure())));
        }
        pause(tries, e.failure());
      } catch (EvaluationFailed | LimitExceeded e) {
        return write(draft.failed(ExecuteStep.invalid(e)));
      } catch (InterruptedException e) {
        return write(interrupted(timedOut.get()));
      }
      if (signal.cause() != null) {
        return write(interrupted(false));
      }
    }
  }

  private StepDraft call(ObjectNode arguments, AtomicBoolean timedOut)
      throws MethodException, InterruptedException, EvaluationFailed {
    MethodResult result =
        signal.<MethodResult, MethodException>interruptibly(
            section ->
                () -> {
                  ScheduledFuture<?> timeout = watchTime(section, timedOut);
                  try {
                    return parts.invoke().run(methodCall(arguments, section));
                  } finally {
                    timeout.cancel(false);
                  }
                });
    JsonNode output = evaluator.stepOutput(step, scope, result.output());
    return draft.succeeded(result, output);
  }

  private ScheduledFuture<?> watchTime(StopSignal.Section section, AtomicBoolean timedOut) {
    Duration longest = step.timeout() == null ? Duration.ofDays(365) : step.timeout();
    return parts.after(
        longest,
        () -> {
          timedOut.set(true);
          section.interrupt();
        });
  }

  private MethodCall methodCall(ObjectNode arguments, StopSignal.Section section) {
    Caller caller =
        new Caller(
            run.key().namespace(),
            run.key().runId(),
            draft.key().toString(),
            run.attempt(),
            parts.settings().executorId());
    CreateOptions options = step.create().options(run.createdAt());
    return new MethodCall(
        caller,
        step.model(),
        step.method(),
        draft.record().instance(),
        arguments,
        options,
        step.skipIfExists() ? MethodCall.Reuse.IF_EXISTS : MethodCall.Reuse.BY_METHOD,
        what -> section.hold(() -> tellWaiting(what)),
        section);
  }

  /** Told to watchers; that it could not be told changes nothing for the call. */
  private boolean tellWaiting(String what) {
    if (what.equals(draft.record().waitingFor())) {
      return false;
    }
    draft = draft.waiting(what);
    try {
      journal.step(draft.record());
    } catch (StaleRunException e) {
      return false;
    }
    return true;
  }

  /**
   * Creates begin again with a look, and reads, changes and deletes may be repeated; an action
   * whose effect is not known may not.
   */
  private boolean mayTryAgain(int tries, MethodDescriptor method, MethodException e) {
    boolean safe =
        e.effect() == MethodException.Effect.NOT_MADE || method.kind() != MethodKind.ACTION;
    return safe && signal.cause() == null && step.retry().allows(tries, e.failure().reason());
  }

  private void pause(int tries, Failure failure) throws StaleRunException {
    Duration wait = step.retry().backoff().before(tries, parts.random());
    Duration asked = failure.retryAfter();
    Duration longest = asked != null && asked.compareTo(wait) > 0 ? asked : wait;
    draft = draft.waiting("try " + (tries + 1) + " in " + longest.toMillis() + " ms");
    write(draft);
    try {
      signal.<Boolean, RuntimeException>interruptibly(
          section ->
              () -> {
                parts.pacer().pause(longest);
                return true;
              });
    } catch (InterruptedException e) {
      // The caller asks the signal why.
    }
  }

  private StepDraft interrupted(boolean timedOut) {
    if (timedOut && signal.cause() == null) {
      return draft.failed(
          StepError.of(
              Failure.of(
                  Reason.DEADLINE,
                  "step " + draft.key() + " did not end within its timeout of " + step.timeout())));
    }
    return draft.ended(StepStatus.CANCELLED);
  }

  private StepRecord write(StepDraft written) throws StaleRunException {
    draft = written;
    journal.step(written.record());
    return written.record();
  }

  private static StepError invalid(List<Violation> violations) {
    List<String> lines = violations.stream().map(Violation::toString).toList();
    return new StepError(
        Reason.INVALID_ARGUMENTS.code().name(),
        Reason.INVALID_ARGUMENTS.name(),
        "the arguments do not fit: " + String.join("; ", lines),
        null,
        0,
        lines);
  }
}
