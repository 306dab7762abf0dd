package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Caller;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Reason;
import dev.pawl.server.language.ArgumentsCheck;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.Violation;
import dev.pawl.server.models.MethodCall;
import dev.pawl.server.models.Resting;
import dev.pawl.server.run.LogLine;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.CreatePolicy;
import dev.pawl.server.workflow.EngineSteps;
import dev.pawl.server.workflow.StepDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a step's method once, for one item where there are several, with the step's own retries. */
final class ExecuteIteration {
  private static final Logger LOG = LoggerFactory.getLogger(ExecuteIteration.class);

  private final StepDefinition step;
  private final Scope scope;
  private final List<StepRecord> consumed;
  private final ExecuteStep.Surroundings around;
  private final StepJournal journal;

  /**
   * @param consumed what the steps that it depends on have given
   */
  ExecuteIteration(
      StepDefinition step,
      StepDraft draft,
      Scope scope,
      List<StepRecord> consumed,
      ExecuteStep.Surroundings around) {
    this.step = step;
    this.scope = scope;
    this.consumed = consumed;
    this.around = around;
    this.journal =
        new StepJournal(
            draft, around, () -> step.forEach() == null && around.live().open().get() == 1);
  }

  /** Runs it, or begins its wait; the record as it was written last. */
  StepRecord run() throws StaleRunException {
    return guarded(this::decide);
  }

  /** Calls its method once more after a rest. */
  StepRecord again() throws StaleRunException {
    return guarded(() -> tries(method(), around.evaluator().resolveWith(step, scope)));
  }

  /** What decides what becomes of the step. */
  private interface Course {
    StepRecord run() throws StaleRunException, EvaluationFailed;
  }

  private StepRecord guarded(Course course) throws StaleRunException {
    try (journal) {
      return course.run();
    } catch (EvaluationFailed | LimitExceeded e) {
      return write(draft().failed(ExecuteStep.invalid(e)));
    } catch (RuntimeException | Error e) {
      LOG.error("run {}: step {} fails by a defect", around.run().key().runId(), draft().key(), e);
      return write(draft().failed(Defects.error(e)));
    }
  }

  private StepRecord decide() throws StaleRunException, EvaluationFailed {
    StandingSteps standing = around.live().standing();
    Optional<StepRecord> stands =
        standing.ended(draft().key()).or(() -> standing.waiting(draft().key()));
    if (stands.isPresent()) {
      return stands.get();
    }
    Optional<StepRecord> kept =
        around.earlier().kept(step, draft().key()).filter(around.keeping()::stillHas);
    if (kept.isPresent()) {
      return kept.get();
    }
    if (around.signal().cause() != null && !standing.isOpen(draft().key())) {
      return write(draft().ended(StepStatus.NOT_RUN));
    }
    Optional<StepOverride> said = around.earlier().override(draft().key());
    if (said.isPresent()) {
      return write(draft().overridden(said.get()));
    }
    Optional<StepRecord> end = around.earlier().end(step, draft().key());
    if (around.earlier().chosen().leavesAlone(step, draft().key()) && !isVerifiedAnyway(end)) {
      return end.isPresent() ? end.get() : write(draft().ended(StepStatus.NOT_RUN));
    }
    String instance = around.evaluator().resolveInstance(step, scope);
    ObjectNode arguments = around.evaluator().resolveWith(step, scope);
    String fingerprint = Fingerprints.of(step, instance, arguments);
    MethodDescriptor method = method();
    if (end.filter(around.keeping()::stillHas).isPresent()
        && around.earlier().isStillOf(end.get(), consumed)
        && Fingerprints.mayKeep(step, method, end.get(), fingerprint)) {
      return end.get();
    }
    journal.become(draft().resolved(instance, fingerprint));
    List<Violation> violations = ArgumentsCheck.validate(method, arguments);
    if (!violations.isEmpty()) {
      return write(draft().failed(invalid(violations)));
    }
    return EngineSteps.isOne(step.model())
        ? new BeginWaitStep(step, around).run(draft(), arguments)
        : tries(method, arguments);
  }

  /**
   * Also a create that a retry was not told to run is looked at before a step that it was told to
   * run consumes it; what it would do otherwise by now is left alone.
   */
  private boolean isVerifiedAnyway(Optional<StepRecord> end) {
    if (end.isEmpty()
        || !around.earlier().chosen().isConsumed(step.id())
        || !Fingerprints.isVerified(step, method(), end.get())) {
      return false;
    }
    try {
      String instance = around.evaluator().resolveInstance(step, scope);
      ObjectNode arguments = around.evaluator().resolveWith(step, scope);
      return Fingerprints.of(step, instance, arguments).equals(end.get().fingerprint());
    } catch (EvaluationFailed | LimitExceeded e) {
      return false;
    }
  }

  private MethodDescriptor method() {
    return around
        .parts()
        .models()
        .model(step.model())
        .flatMap(m -> m.method(step.method()))
        .orElseThrow(() -> new IllegalStateException("checked before the run: " + step.model()));
  }

  private StepRecord tries(MethodDescriptor method, ObjectNode arguments)
      throws StaleRunException, EvaluationFailed {
    for (int tries = 1; ; tries++) {
      boolean goesOn = tries == 1 && draft().record().status() == StepStatus.WAITING;
      try (Timers.Alarm told =
              goesOn ? () -> {} : journal.begin(tries, Fingerprints.mayBeginUntold(step, method));
          StepFiles files =
              around.keeping().of(draft().key(), journal::tellWaiting, journal.log())) {
        StepDraft done = call(arguments, files);
        return files.succeed(left -> journal.write(done, left));
      } catch (Resting e) {
        return journal.rest(e.waitingFor(), e.pause(), CleanupLimit.ofRest(step, around));
      } catch (MethodException e) {
        if (!mayTryAgain(tries, method, e)) {
          return write(draft().failed(StepError.of(e.failure())));
        }
        pause(tries, e.failure());
      } catch (InterruptedException e) {
        return write(stopped());
      }
      if (around.signal().cause() != null) {
        return write(draft().ended(StepStatus.CANCELLED));
      }
    }
  }

  private StepDraft call(ObjectNode arguments, StepFiles files)
      throws MethodException, InterruptedException, EvaluationFailed {
    AtomicBoolean timedOut = new AtomicBoolean();
    MethodResult result;
    try {
      result =
          around
              .signal()
              .<MethodResult, MethodException>interruptibly(
                  section -> () -> call(methodCall(arguments, files), section, timedOut));
    } catch (InterruptedException e) {
      if (timedOut.get() && around.signal().cause() == null) {
        throw MethodException.unknown(tooLate());
      }
      throw e;
    }
    JsonNode output = around.evaluator().stepOutput(step, scope, result.output());
    return draft().succeeded(result, output);
  }

  private MethodResult call(MethodCall call, StopSignal.Section section, AtomicBoolean timedOut)
      throws MethodException, InterruptedException {
    Runnable late =
        () -> {
          timedOut.set(true);
          section.interrupt();
        };
    try (Timers.Alarm alarm = around.parts().timers().after(step.timeout(), late);
        Timers.Alarm cleanup = CleanupLimit.of(step, around, late)) {
      return around.parts().invoke().run(call);
    }
  }

  private Failure tooLate() {
    return Failure.of(
        Reason.DEADLINE,
        "step "
            + draft().key()
            + " did not end within "
            + (step.timeout() == null ? CleanupLimit.WORDS : "its timeout of " + step.timeout()));
  }

  private MethodCall methodCall(ObjectNode arguments, StepFiles files) {
    RunRecord run = around.run();
    Caller caller =
        new Caller(
            run.key().namespace(),
            run.key().runId(),
            draft().key().toString(),
            run.attempt(),
            around.parts().settings().executorId());
    return new MethodCall(
            caller,
            step.model(),
            step.method(),
            draft().record().instance(),
            arguments,
            policy().options(run.createdAt()),
            step.skipIfExists() ? MethodCall.Reuse.IF_EXISTS : MethodCall.Reuse.BY_METHOD,
            journal::tellWaiting)
        .inStep(files);
  }

  private CreatePolicy policy() {
    String fingerprint = draft().record().fingerprint();
    return new MendedCreate(around.earlier(), around.evaluator())
        .policy(step, scope, fingerprint == null ? "" : fingerprint);
  }

  /**
   * What runs under a claim begins again with a look, and reads, changes and deletes may be
   * repeated; what else may have had an effect may not.
   */
  private boolean mayTryAgain(int tries, MethodDescriptor method, MethodException e) {
    return (Fingerprints.mayBeRepeated(step, method)
            || e.effect() == MethodException.Effect.NOT_MADE)
        && around.signal().cause() == null
        && step.retry().allows(tries, e.failure().reason());
  }

  private void pause(int tries, Failure failure) throws StaleRunException {
    Duration wait = step.retry().backoff().before(tries, around.parts().random());
    Duration asked = failure.retryAfter();
    Duration longest = asked != null && asked.compareTo(wait) > 0 ? asked : wait;
    // The record will tell of the last try only.
    journal.log(
        LogLine.Level.WARN,
        "try " + tries + " failed with " + failure.reason() + ": " + failure.message());
    write(draft().waiting("try " + (tries + 1) + " in " + longest.toMillis() + " ms"));
    try {
      around
          .signal()
          .<Boolean, RuntimeException>interruptibly(
              section ->
                  () -> {
                    around.parts().pacer().pause(longest);
                    return true;
                  });
    } catch (InterruptedException e) {
      // The caller asks the signal why.
    }
  }

  /** A call may also stop by itself: its claim was lost, or its model says so. */
  private StepDraft stopped() {
    return around.signal().cause() != null
        ? draft().ended(StepStatus.CANCELLED)
        : draft()
            .failed(
                StepError.of(
                    Failure.of(
                        Reason.CLAIM_STALE,
                        "step "
                            + draft().key()
                            + " was interrupted, though nobody stopped the run: its claim was lost"
                            + " to another holder; a retry looks at what became of it")));
  }

  private StepDraft draft() {
    return journal.draft();
  }

  private StepRecord write(StepDraft written) throws StaleRunException {
    return journal.write(written);
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
