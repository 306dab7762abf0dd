package dev.pawl.server.engine;

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
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.StepDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Decides whether a step runs, and runs it once or once per item. */
final class ExecuteStep {
  private static final int ITERATIONS = 10_001;

  private final RunRecord run;
  private final StepDefinition step;
  private final int place;
  private final StepEvaluator evaluator;
  private final Scope scope;
  private final EarlierSteps earlier;
  private final RunJournal journal;
  private final StopSignal signal;
  private final EngineParts parts;

  ExecuteStep(
      RunRecord run,
      StepDefinition step,
      int place,
      StepEvaluator evaluator,
      Scope scope,
      EarlierSteps earlier,
      RunJournal journal,
      StopSignal signal,
      EngineParts parts) {
    this.run = run;
    this.step = step;
    this.place = place;
    this.evaluator = evaluator;
    this.scope = scope;
    this.earlier = earlier;
    this.journal = journal;
    this.signal = signal;
    this.parts = parts;
  }

  /** Runs the step after those it depends on; never throws. */
  StepEnd run(Map<String, StepEnd> dependencies) {
    try {
      if (isBlocked(dependencies) || signal.cause() != null) {
        journal.step(blank(StepKey.of(step.id()), 0).ended(StepStatus.NOT_RUN).record());
        return StepEnd.notRun();
      }
      if (!evaluator.condition(step, scope)) {
        journal.step(
            blank(StepKey.of(step.id()), 0)
                .succeeded(Outcome.SKIPPED, NullNode.getInstance())
                .record());
        return new StepEnd(
            StepStatus.SUCCEEDED, Outcome.SKIPPED, NullNode.getInstance(), List.of());
      }
      return step.forEach() == null ? once() : forEach();
    } catch (EvaluationFailed | LimitExceeded e) {
      return failed(invalid(e));
    } catch (StaleRunException e) {
      return StepEnd.notRun();
    }
  }

  private boolean isBlocked(Map<String, StepEnd> dependencies) {
    return !step.always() && dependencies.values().stream().anyMatch(ExecuteStep::blocks);
  }

  /** A failure that may be passed over has no failures to report. */
  private static boolean blocks(StepEnd end) {
    boolean passedOver = end.status() == StepStatus.FAILED && end.failures().isEmpty();
    return end.status() != StepStatus.SUCCEEDED && !passedOver;
  }

  private StepEnd once() {
    StepRecord end = iteration(StepKey.of(step.id()), 0, scope);
    return taken(List.of(end), end.output() == null ? NullNode.getInstance() : end.output());
  }

  private StepEnd forEach() throws EvaluationFailed {
    List<Iteration> iterations = evaluator.iterations(step, scope);
    int atOnce = step.forEach() == null ? 0 : step.forEach().concurrency();
    Semaphore places = new Semaphore(atOnce == 0 ? Integer.MAX_VALUE : atOnce);
    List<CompletableFuture<StepRecord>> running = new ArrayList<>();
    for (Iteration each : iterations) {
      places.acquireUninterruptibly();
      running.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  StepKey key = new StepKey(step.id(), each.key());
                  return iteration(key, each.index() + 1, scope.withEach(each));
                } finally {
                  places.release();
                }
              },
              parts.threads()));
    }
    List<StepRecord> ends = running.stream().map(CompletableFuture::join).toList();
    List<JsonNode> outputs = new ArrayList<>();
    ends.forEach(e -> outputs.add(e.output() == null ? NullNode.getInstance() : e.output()));
    return taken(ends, StepEvaluator.gathered(outputs));
  }

  private StepRecord iteration(StepKey key, int index, Scope at) {
    ExecuteIteration execution =
        new ExecuteIteration(
            run, step, blank(key, index), evaluator, at, earlier, journal, signal, parts);
    try {
      return execution.run();
    } catch (StaleRunException e) {
      return blank(key, index).ended(StepStatus.NOT_RUN).record();
    }
  }

  /** The iterations' ends taken together. */
  private StepEnd taken(List<StepRecord> ends, JsonNode output) {
    List<StepRecord> failures = ends.stream().filter(e -> e.status() == StepStatus.FAILED).toList();
    boolean all = ends.stream().allMatch(e -> e.status() == StepStatus.SUCCEEDED);
    if (all) {
      Outcome outcome = ends.isEmpty() ? Outcome.EXECUTED : ends.get(0).outcome();
      return new StepEnd(StepStatus.SUCCEEDED, outcome, output, List.of());
    }
    if (failures.isEmpty()) {
      return new StepEnd(StepStatus.CANCELLED, null, NullNode.getInstance(), List.of());
    }
    return new StepEnd(
        StepStatus.FAILED, null, output, step.continueOnError() ? List.of() : failures);
  }

  private StepEnd failed(StepError error) {
    StepRecord record = blank(StepKey.of(step.id()), 0).failed(error).record();
    try {
      journal.step(record);
    } catch (StaleRunException e) {
      return StepEnd.notRun();
    }
    return taken(List.of(record), NullNode.getInstance());
  }

  private StepDraft blank(StepKey key, int index) {
    return StepDraft.of(run, step, key, place * ITERATIONS + index);
  }

  static StepError invalid(@Nullable Exception e) {
    String message = e == null || e.getMessage() == null ? "cannot be evaluated" : e.getMessage();
    Reason reason = e instanceof LimitExceeded ? Reason.LIMIT_EXCEEDED : Reason.INVALID_ARGUMENTS;
    return new StepError(reason.code().name(), reason.name(), message, null, 0, List.of());
  }
}
