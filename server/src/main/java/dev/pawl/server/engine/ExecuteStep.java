package dev.pawl.server.engine;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.server.engine.ExecuteRun.StepEnd;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.Iteration;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.StepDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a step runs, and runs it once or once per item. */
final class ExecuteStep {
  private static final Logger LOG = LoggerFactory.getLogger(ExecuteStep.class);
  private static final int ITERATIONS = 10_001;

  private final StepDefinition step;
  private final int place;
  private final Surroundings around;

  /**
   * What the steps of one attempt share.
   *
   * @param signal stops the step; cleanup steps have one of their own
   */
  record Surroundings(
      RunRecord run,
      StepEvaluator evaluator,
      Scope scope,
      EarlierSteps earlier,
      RunKeeping keeping,
      RunJournal journal,
      StopSignal signal,
      EngineParts parts,
      Live live) {

    /** For a cleanup step, which goes on when the run stops. */
    Surroundings stoppedBy(StopSignal other) {
      return new Surroundings(run, evaluator, scope, earlier, keeping, journal, other, parts, live);
    }
  }

  /**
   * What becomes of a run from moment to moment.
   *
   * @param standing what this attempt has done already
   * @param activity runs the tasks
   * @param waits the open ones
   * @param stop the run's own signal
   * @param open how many steps have not ended yet
   */
  record Live(
      StandingSteps standing,
      Activity activity,
      PendingWaits waits,
      StopSignal stop,
      AtomicInteger open) {}

  ExecuteStep(StepDefinition step, int place, Surroundings around) {
    this.step = step;
    this.place = place;
    this.around = around;
  }

  /**
   * Runs the step after those it depends on; never throws. The end of one that waits may come much
   * later, or in another process.
   */
  CompletionStage<StepEnd> run(Map<String, StepEnd> dependencies) {
    if (around.live().activity().isHandingOver()) {
      return new CompletableFuture<>();
    }
    try {
      return decide(dependencies);
    } catch (EvaluationFailed | LimitExceeded e) {
      return completedStage(failed(invalid(e)));
    } catch (StaleRunException e) {
      return completedStage(StepEnd.notRun());
    } catch (RuntimeException | Error e) {
      LOG.error("run {}: step {} fails by a defect", around.run().key().runId(), step.id(), e);
      return completedStage(failed(Defects.error(e)));
    }
  }

  private CompletionStage<StepEnd> decide(Map<String, StepEnd> dependencies)
      throws EvaluationFailed, StaleRunException {
    StepKey key = StepKey.of(step.id());
    StandingSteps standing = around.live().standing();
    Optional<StepRecord> kept =
        standing
            .ended(key)
            .or(() -> around.earlier().kept(step, key).filter(around.keeping()::stillHas));
    if (kept.isPresent()) {
      return completedStage(
          kept.get().status() == StepStatus.NOT_RUN
              ? StepEnd.notRun()
              : taken(List.of(kept.get()), output(kept.get())));
    }
    Optional<StepOverride> said = around.earlier().override(key);
    if (said.isPresent()) {
      StepRecord skipped = blank(key, 0).overridden(said.get()).record();
      around.journal().step(skipped);
      return completedStage(taken(List.of(skipped), output(skipped)));
    }
    List<StepRecord> consumed =
        dependencies.values().stream().flatMap(end -> end.records().stream()).toList();
    if (around.earlier().chosen().leavesAlone(step)) {
      return leftAlone(key, consumed);
    }
    boolean stopped = around.signal().cause() != null && !standing.isOpen(step.id());
    if (isBlocked(dependencies) || stopped) {
      around.journal().step(blank(key, 0).ended(StepStatus.NOT_RUN).record());
      return completedStage(StepEnd.notRun());
    }
    boolean runs =
        standing.hadBegun(step.id())
            || around.earlier().hadBegun(step.id())
            || around.evaluator().condition(step, around.scope());
    if (!runs) {
      StepRecord skipped =
          blank(key, 0).succeeded(Outcome.SKIPPED, NullNode.getInstance()).record();
      around.journal().step(skipped);
      return completedStage(taken(List.of(skipped), NullNode.getInstance()));
    }
    return step.forEach() == null ? once(key, consumed) : forEach(consumed);
  }

  /** Of a step that a retry was told to leave alone, each execution sees to that by itself. */
  private CompletionStage<StepEnd> leftAlone(StepKey key, List<StepRecord> consumed)
      throws StaleRunException {
    if (step.forEach() == null) {
      return once(key, consumed);
    }
    Optional<StepRecord> whole = around.earlier().end(step, key);
    if (whole.isPresent()) {
      return completedStage(taken(List.of(whole.get()), output(whole.get())));
    }
    try {
      return forEach(consumed);
    } catch (EvaluationFailed | LimitExceeded e) {
      around.journal().step(blank(key, 0).ended(StepStatus.NOT_RUN).record());
      return completedStage(StepEnd.notRun());
    }
  }

  private boolean isBlocked(Map<String, StepEnd> dependencies) {
    return !step.always() && !dependencies.values().stream().allMatch(StepEnd::letsDependentsRun);
  }

  private CompletionStage<StepEnd> once(StepKey key, List<StepRecord> consumed) {
    return iteration(key, 0, around.scope(), consumed)
        .thenApply(end -> taken(List.of(end), output(end)));
  }

  private CompletionStage<StepEnd> forEach(List<StepRecord> consumed) throws EvaluationFailed {
    List<Iteration> iterations = around.evaluator().iterations(step, around.scope());
    RunIterations running =
        new RunIterations(
            iterations,
            step.forEach() == null ? 0 : step.forEach().concurrency(),
            around.live().activity(),
            each -> iteration(key(each), each.index() + 1, around.scope().withEach(each), consumed),
            () -> around.signal().cause() != null && !around.live().standing().isOpen(step.id()));
    return running.start().thenApply(begun -> gathered(iterations, begun));
  }

  private StepEnd gathered(List<Iteration> iterations, List<StepRecord> begun) {
    List<StepRecord> ends = new ArrayList<>(begun);
    try {
      ends.addAll(notRun(iterations.subList(begun.size(), iterations.size())));
    } catch (StaleRunException e) {
      return StepEnd.notRun();
    }
    return taken(ends, StepEvaluator.gathered(ends.stream().map(ExecuteStep::output).toList()));
  }

  private List<StepRecord> notRun(List<Iteration> iterations) throws StaleRunException {
    List<StepRecord> out = new ArrayList<>();
    List<StepRecord> written = new ArrayList<>();
    for (Iteration each : iterations) {
      Optional<StepRecord> kept =
          around
              .live()
              .standing()
              .ended(key(each))
              .or(() -> around.earlier().kept(step, key(each)));
      if (kept.isEmpty()) {
        written.add(blank(key(each), each.index() + 1).ended(StepStatus.NOT_RUN).record());
      }
      out.add(kept.orElseGet(() -> written.get(written.size() - 1)));
    }
    if (!written.isEmpty()) {
      around.journal().steps(written);
    }
    return out;
  }

  private StepKey key(Iteration each) {
    return new StepKey(step.id(), each.key());
  }

  private CompletionStage<StepRecord> iteration(
      StepKey key, int index, Scope at, List<StepRecord> consumed) {
    ExecuteIteration execution =
        new ExecuteIteration(step, blank(key, index), at, consumed, around);
    try {
      return waited(execution.run(), at, consumed);
    } catch (StaleRunException e) {
      return completedStage(blank(key, index).ended(StepStatus.NOT_RUN).record());
    }
  }

  /** The end of a step that may be waiting; a rest ends with a further call of its method. */
  private CompletionStage<StepRecord> waited(
      StepRecord record, Scope at, List<StepRecord> consumed) {
    if (record.status() != StepStatus.WAITING) {
      return completedStage(record);
    }
    return around
        .live()
        .waits()
        .add(new PendingWait(step, record, at, around))
        .thenComposeAsync(
            end ->
                end.status() == StepStatus.WAITING ? again(end, at, consumed) : completedStage(end),
            around.live().activity());
  }

  private CompletionStage<StepRecord> again(
      StepRecord record, Scope at, List<StepRecord> consumed) {
    ExecuteIteration execution =
        new ExecuteIteration(step, StepDraft.of(record), at, consumed, around);
    try {
      return waited(execution.again(), at, consumed);
    } catch (StaleRunException e) {
      return completedStage(record);
    }
  }

  /** The iterations' ends taken together. */
  private StepEnd taken(List<StepRecord> ends, JsonNode output) {
    List<StepRecord> failures = ends.stream().filter(e -> e.status() == StepStatus.FAILED).toList();
    List<StepRecord> successes =
        ends.stream().filter(e -> e.status() == StepStatus.SUCCEEDED).toList();
    if (successes.size() == ends.size()) {
      Outcome outcome = ends.isEmpty() ? Outcome.EXECUTED : ends.get(0).outcome();
      return new StepEnd(StepStatus.SUCCEEDED, outcome, output, List.of(), successes);
    }
    if (failures.isEmpty()) {
      return new StepEnd(StepStatus.CANCELLED, null, NullNode.getInstance(), List.of(), successes);
    }
    return new StepEnd(
        StepStatus.FAILED, null, output, step.continueOnError() ? List.of() : failures, successes);
  }

  private static JsonNode output(StepRecord end) {
    return end.output() == null ? NullNode.getInstance() : end.output();
  }

  private StepEnd failed(StepError error) {
    StepRecord record = blank(StepKey.of(step.id()), 0).failed(error).record();
    try {
      around.journal().step(record);
    } catch (StaleRunException e) {
      return StepEnd.notRun();
    }
    return taken(List.of(record), NullNode.getInstance());
  }

  private StepDraft blank(StepKey key, int index) {
    return StepDraft.of(around.run(), step, key, place * ITERATIONS + index);
  }

  static StepError invalid(@Nullable Exception e) {
    String message = e == null || e.getMessage() == null ? "cannot be evaluated" : e.getMessage();
    Reason reason = e instanceof LimitExceeded ? Reason.LIMIT_EXCEEDED : Reason.INVALID_ARGUMENTS;
    return new StepError(reason.code().name(), reason.name(), message, null, 0, List.of());
  }
}
