package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Outcome;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.DataLookup;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.RunView;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.language.StepView;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.StepDefinition;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one attempt of a run to its end: every step as soon as those it depends on have ended, each
 * on a virtual thread. Independent branches run to their ends also when a step fails.
 */
final class ExecuteRun implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecuteRun.class);

  private final RunRecord run;
  private final @Nullable ParsedWorkflow given;
  private final EngineParts parts;
  private final StopSignal signal = new StopSignal();
  private final Map<String, StepView> ended = new ConcurrentHashMap<>();
  private final RunJournal journal;

  private ExecuteRun(RunRecord run, @Nullable ParsedWorkflow given, EngineParts parts) {
    this.run = run;
    this.given = given;
    this.parts = parts;
    this.journal = new RunJournal(run, parts.store(), parts.bell(), signal);
  }

  /** Makes executions. */
  static final class Factory {
    private final EngineParts parts;

    @Inject
    Factory(EngineParts parts) {
      this.parts = parts;
    }

    /**
     * An execution of a claimed run.
     *
     * @param workflow its checked definition; null: read it from the run
     */
    ExecuteRun create(RunRecord run, @Nullable ParsedWorkflow workflow) {
      return new ExecuteRun(run, workflow, parts);
    }
  }

  void stop(StopSignal.Cause cause) {
    signal.stop(cause);
  }

  @Override
  public void run() {
    try {
      ParsedWorkflow workflow =
          given != null ? given : parts.check().definition(run.definitionFile(), run.definition());
      execute(workflow);
    } catch (StaleRunException e) {
      LOG.info("{}", e.getMessage());
    } catch (ServerFailure e) {
      endQuietly(RunStatus.FAILED, e.reason(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error(
          "run {} cannot go on; it stays claimed until this executor is gone, then it is recovered",
          run.key().runId(),
          e);
    }
  }

  private void endQuietly(RunStatus status, String reason, String message) {
    try {
      journal.end(List.of(), new RunChange.End(status, reason, message, null));
    } catch (StaleRunException e) {
      LOG.info("{}", e.getMessage());
    }
  }

  private void execute(ParsedWorkflow workflow) throws StaleRunException {
    EarlierSteps earlier = EarlierSteps.of(run, parts.store(), workflow.definition());
    ScheduledFuture<?> timeout = watchTime(workflow.definition().timeout());
    Scope scope = scope();
    StepEvaluator evaluator = new StepEvaluator(workflow);
    Map<String, CompletableFuture<StepEnd>> ends = new LinkedHashMap<>();
    List<String> places = workflow.definition().steps().stream().map(StepDefinition::id).toList();
    for (StepDefinition step : workflow.definition().inOrder()) {
      ExecuteStep execution =
          new ExecuteStep(
              run,
              step,
              places.indexOf(step.id()),
              evaluator,
              scope,
              earlier,
              journal,
              signal,
              parts);
      CompletableFuture<?>[] before =
          step.dependencies().stream().map(ends::get).toArray(CompletableFuture[]::new);
      Map<String, CompletableFuture<StepEnd>> known = Map.copyOf(ends);
      ends.put(
          step.id(),
          CompletableFuture.allOf(before)
              .thenApplyAsync(
                  ignored -> finish(step, execution.run(dependencies(step, known)), workflow),
                  parts.threads()));
    }
    CompletableFuture.allOf(ends.values().toArray(CompletableFuture[]::new)).join();
    timeout.cancel(false);
    List<StepEnd> all = ends.values().stream().map(CompletableFuture::join).toList();
    if (!signal.isLost()) {
      journal.end(List.of(), conclude(workflow, evaluator, scope, all));
    }
  }

  private static Map<String, StepEnd> dependencies(
      StepDefinition step, Map<String, CompletableFuture<StepEnd>> ends) {
    Map<String, StepEnd> out = new LinkedHashMap<>();
    ends.forEach(
        (id, end) -> {
          if (step.dependencies().contains(id)) {
            out.put(id, end.join());
          }
        });
    return out;
  }

  private StepEnd finish(StepDefinition step, StepEnd end, ParsedWorkflow workflow) {
    Outcome outcome = end.outcome();
    ended.put(
        step.id(),
        new StepView(end.output(), outcome == null ? null : outcome.name(), end.status().name()));
    boolean failed = end.status() == StepStatus.FAILED && !step.continueOnError();
    if (failed && workflow.definition().failFast()) {
      signal.stop(StopSignal.Cause.FAILED_FAST);
    }
    return end;
  }

  private ScheduledFuture<?> watchTime(@Nullable Duration timeout) {
    Duration longest = timeout == null ? Duration.ofDays(365) : timeout;
    return parts.after(longest, () -> signal.stop(StopSignal.Cause.TIMED_OUT));
  }

  private Scope scope() {
    String namespace = run.key().namespace();
    DataLookup data =
        (type, instance) -> {
          StoredResource row =
              parts.data().read(new ResourceKey(namespace, type, instance, ResourceKey.STATE));
          return row.effectiveState() == ResourceState.PRESENT && row.data() != null
              ? row.data()
              : NullNode.getInstance();
        };
    return Scope.of(
        run.inputs(),
        ended,
        new RunView(run.key().runId(), run.attempt(), run.workflowName(), namespace),
        data);
  }

  private RunChange.End conclude(
      ParsedWorkflow workflow, StepEvaluator evaluator, Scope scope, List<StepEnd> ends) {
    StopSignal.Cause cause = signal.cause();
    if (cause == StopSignal.Cause.CANCELLED) {
      return new RunChange.End(
          RunStatus.CANCELLED, "CANCELLED", "the run was cancelled by request", null);
    }
    if (cause == StopSignal.Cause.TIMED_OUT) {
      return new RunChange.End(
          RunStatus.TIMED_OUT,
          "DEADLINE",
          "the run did not end within its timeout of " + workflow.definition().timeout(),
          null);
    }
    List<StepRecord> failed = new ArrayList<>();
    ends.forEach(e -> failed.addAll(e.failures()));
    if (!failed.isEmpty()) {
      return failed(failed);
    }
    try {
      ObjectNode outputs = evaluator.outputs(scope);
      return new RunChange.End(RunStatus.SUCCEEDED, null, null, outputs);
    } catch (EvaluationFailed e) {
      return new RunChange.End(RunStatus.FAILED, "INVALID_WORKFLOW", e.getMessage(), null);
    }
  }

  private static RunChange.End failed(List<StepRecord> failed) {
    boolean doubt =
        failed.stream()
            .map(StepRecord::error)
            .anyMatch(e -> e != null && e.reason().equals("IN_DOUBT"));
    StepRecord first = failed.get(0);
    StepError error = first.error();
    String rest = failed.size() == 1 ? "" : " (and " + (failed.size() - 1) + " more)";
    return new RunChange.End(
        RunStatus.FAILED,
        doubt ? "IN_DOUBT" : "STEP_FAILED",
        "step " + first.key() + " failed" + rest + (error == null ? "" : ": " + error.message()),
        null);
  }

  /** How a whole step ended, its iterations taken together. */
  record StepEnd(
      StepStatus status, @Nullable Outcome outcome, JsonNode output, List<StepRecord> failures) {
    StepEnd {
      failures = List.copyOf(failures);
    }

    static StepEnd notRun() {
      return new StepEnd(StepStatus.NOT_RUN, null, NullNode.getInstance(), List.of());
    }
  }
}
