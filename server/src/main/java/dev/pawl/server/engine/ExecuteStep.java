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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
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

  /** What the steps of one attempt share. */
  record Surroundings(
      RunRecord run,
      StepEvaluator evaluator,
      Scope scope,
      EarlierSteps earlier,
      RunKeeping keeping,
      RunJournal journal,
      StopSignal signal,
      EngineParts parts) {}

  ExecuteStep(StepDefinition step, int place, Surroundings around) {
    this.step = step;
    this.place = place;
    this.around = around;
  }

  /** Runs the step after those it depends on; never throws. */
  StepEnd run(Map<String, StepEnd> dependencies) {
    try {
      return decide(dependencies);
    } catch (EvaluationFailed | LimitExceeded e) {
      return failed(invalid(e));
    } catch (StaleRunException e) {
      return StepEnd.notRun();
    } catch (RuntimeException | Error e) {
      LOG.error("run {}: step {} fails by a defect", around.run().key().runId(), step.id(), e);
      return failed(Defects.error(e));
    }
  }

  private StepEnd decide(Map<String, StepEnd> dependencies)
      throws EvaluationFailed, StaleRunException {
    StepKey key = StepKey.of(step.id());
    Optional<StepRecord> kept = around.earlier().kept(key).filter(around.keeping()::stillHas);
    if (kept.isPresent()) {
      return taken(List.of(kept.get()), output(kept.get()));
    }
    if (isBlocked(dependencies) || around.signal().cause() != null) {
      around.journal().step(blank(key, 0).ended(StepStatus.NOT_RUN).record());
      return StepEnd.notRun();
    }
    boolean runs =
        around.earlier().hadBegun(step.id()) || around.evaluator().condition(step, around.scope());
    if (!runs) {
      StepRecord skipped =
          blank(key, 0).succeeded(Outcome.SKIPPED, NullNode.getInstance()).record();
      around.journal().step(skipped);
      return taken(List.of(skipped), NullNode.getInstance());
    }
    List<StepRecord> consumed =
        dependencies.values().stream().flatMap(end -> end.records().stream()).toList();
    return step.forEach() == null ? once(key, consumed) : forEach(consumed);
  }

  private boolean isBlocked(Map<String, StepEnd> dependencies) {
    return !step.always() && !dependencies.values().stream().allMatch(StepEnd::letsDependentsRun);
  }

  private StepEnd once(StepKey key, List<StepRecord> consumed) {
    StepRecord end = iteration(key, 0, around.scope(), consumed);
    return taken(List.of(end), output(end));
  }

  private StepEnd forEach(List<StepRecord> consumed) throws EvaluationFailed, StaleRunException {
    List<Iteration> iterations = around.evaluator().iterations(step, around.scope());
    int atOnce = step.forEach() == null ? 0 : step.forEach().concurrency();
    Semaphore places = new Semaphore(atOnce == 0 ? Integer.MAX_VALUE : atOnce);
    List<CompletableFuture<StepRecord>> running = new ArrayList<>();
    for (Iteration each : iterations) {
      places.acquireUninterruptibly();
      if (around.signal().cause() != null) {
        break;
      }
      running.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return iteration(
                      key(each), each.index() + 1, around.scope().withEach(each), consumed);
                } finally {
                  places.release();
                }
              },
              around.parts().threads()));
    }
    List<StepRecord> ends = new ArrayList<>();
    running.forEach(r -> ends.add(r.join()));
    ends.addAll(notRun(iterations.subList(running.size(), iterations.size())));
    return taken(ends, StepEvaluator.gathered(ends.stream().map(ExecuteStep::output).toList()));
  }

  private List<StepRecord> notRun(List<Iteration> iterations) throws StaleRunException {
    List<StepRecord> out = new ArrayList<>();
    for (Iteration each : iterations) {
      out.add(
          around
              .earlier()
              .kept(key(each))
              .orElseGet(
                  () -> blank(key(each), each.index() + 1).ended(StepStatus.NOT_RUN).record()));
    }
    List<StepRecord> written = out.stream().filter(s -> s.status() == StepStatus.NOT_RUN).toList();
    if (!written.isEmpty()) {
      around.journal().steps(written);
    }
    return out;
  }

  private StepKey key(Iteration each) {
    return new StepKey(step.id(), each.key());
  }

  private StepRecord iteration(StepKey key, int index, Scope at, List<StepRecord> consumed) {
    ExecuteIteration execution =
        new ExecuteIteration(step, blank(key, index), at, consumed, around);
    try {
      return execution.run();
    } catch (StaleRunException e) {
      return blank(key, index).ended(StepStatus.NOT_RUN).record();
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
