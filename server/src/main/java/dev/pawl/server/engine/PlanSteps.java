package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.language.DataLookup;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.Iteration;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.RunView;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.language.StepView;
import dev.pawl.server.run.Plan;
import dev.pawl.server.run.PlannedStep;
import dev.pawl.server.run.PlannedStep.Action;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.workflow.StepDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a workflow as an attempt would, with what is stored, and what the APIs show, in
 * place of what would be made. What depends on something that does not exist yet stays unknown.
 */
final class PlanSteps {
  private final Basis basis;
  private final StepEvaluator evaluator;
  private final EngineParts parts;
  private final PlanStep one;
  private final Map<String, StepView> known = new HashMap<>();
  private final Set<String> runs = new HashSet<>();
  private final Set<String> left = new HashSet<>();
  private final List<PlannedStep> planned = new ArrayList<>();

  /**
   * What is planned.
   *
   * @param run as expressions see it
   * @param attempt the attempt that it would follow; 0 for a run that does not exist yet
   * @param startedAt when the run began; for a new one, the end of time
   * @param changes what was mended; null for a new run
   */
  record Basis(
      RunView run,
      ParsedWorkflow workflow,
      ObjectNode inputs,
      int attempt,
      Instant startedAt,
      EarlierSteps earlier,
      @Nullable ExplainChange changes) {
    boolean isRetry() {
      return attempt > 0;
    }
  }

  PlanSteps(Basis basis, StepEvaluator evaluator, EngineParts parts) {
    this.basis = basis;
    this.evaluator = evaluator;
    this.parts = parts;
    this.one = new PlanStep(basis, evaluator, parts);
  }

  Plan run() throws InterruptedException {
    DataLookup data = (type, instance) -> stored(type, instance);
    Scope scope = Scope.of(basis.inputs(), known, basis.run(), data);
    for (StepDefinition step : basis.workflow().definition().inOrder()) {
      plan(step, scope);
    }
    Map<String, Integer> places = new HashMap<>();
    basis.workflow().definition().steps().forEach(step -> places.put(step.id(), places.size()));
    planned.sort(Comparator.comparingInt(line -> places.getOrDefault(line.key().stepId(), 0)));
    return new Plan(basis.attempt(), planned, List.of());
  }

  private JsonNode stored(String type, String instance) {
    StoredResource row =
        parts
            .data()
            .read(new ResourceKey(basis.run().namespace(), type, instance, ResourceKey.STATE));
    return switch (row.effectiveState()) {
      case PRESENT -> row.data() == null ? NullNode.getInstance() : row.data();
      case ABSENT, CLAIMED, IN_DOUBT, DELETED -> NullNode.getInstance();
    };
  }

  private void plan(StepDefinition step, Scope scope) throws InterruptedException {
    StepKey key = StepKey.of(step.id());
    try {
      if (basis.earlier().override(key).isPresent()) {
        execution(step, key, scope);
      } else if (basis.earlier().chosen().leavesAlone(step)) {
        leaveAlone(step, key, scope);
      } else if (isBlocked(step)) {
        String waitsFor =
            String.join(", ", step.dependencies().stream().filter(left::contains).toList());
        leaveOut(
            step, key, "depends on " + waitsFor + ", which has not succeeded and is not to run");
      } else if (!evaluator.condition(step, scope)) {
        add(one.skipped(step, key, "its condition is false"));
        known.put(step.id(), StepView.skipped());
      } else {
        executions(step, key, scope);
      }
    } catch (EvaluationFailed | LimitExceeded e) {
      runs.add(step.id());
      add(one.unknown(step, key, unknownOf(step)));
    }
  }

  private boolean isBlocked(StepDefinition step) {
    return !step.always() && step.dependencies().stream().anyMatch(left::contains);
  }

  private void leaveOut(StepDefinition step, StepKey key, String why) {
    left.add(step.id());
    add(one.skipped(step, key, why));
  }

  /** As the engine does, one by one; a forEach whose list is not known is left out as a whole. */
  private void leaveAlone(StepDefinition step, StepKey key, Scope scope)
      throws InterruptedException {
    Optional<StepRecord> whole = basis.earlier().end(step, key);
    if (step.forEach() != null && whole.isPresent()) {
      execution(step, key, scope);
      return;
    }
    try {
      executions(step, key, scope);
    } catch (EvaluationFailed | LimitExceeded e) {
      leaveOut(step, key, PlanStep.NOT_NAMED);
    }
  }

  private void executions(StepDefinition step, StepKey key, Scope scope)
      throws EvaluationFailed, InterruptedException {
    if (step.forEach() == null) {
      execution(step, key, scope);
      return;
    }
    List<StepView> views = new ArrayList<>();
    boolean whole = true;
    for (Iteration each : evaluator.iterations(step, scope)) {
      PlanStep.Line line =
          one.run(step, new StepKey(step.id(), each.key()), scope.withEach(each), runs);
      take(step, line);
      whole &= line.gives() != null;
      if (line.gives() != null) {
        views.add(line.gives());
      }
    }
    if (whole) {
      known.put(step.id(), gathered(views));
    }
  }

  private void execution(StepDefinition step, StepKey key, Scope scope)
      throws InterruptedException {
    PlanStep.Line line = one.run(step, key, scope, runs);
    take(step, line);
    if (line.gives() != null) {
      known.put(step.id(), line.gives());
    }
  }

  private void take(StepDefinition step, PlanStep.Line line) {
    add(line.step());
    if (line.gives() == null) {
      (line.step().action() == Action.SKIP ? left : runs).add(step.id());
    }
  }

  /** As those who consume a forEach see it. */
  private static StepView gathered(List<StepView> views) {
    boolean failed = views.stream().anyMatch(v -> !StepStatus.SUCCEEDED.name().equals(v.status()));
    return new StepView(
        StepEvaluator.gathered(views.stream().map(StepView::output).toList()),
        failed ? null : views.isEmpty() ? "EXECUTED" : views.get(0).outcome(),
        (failed ? StepStatus.FAILED : StepStatus.SUCCEEDED).name());
  }

  private String unknownOf(StepDefinition step) {
    List<String> unknown =
        step.dependencies().stream().filter(id -> !known.containsKey(id)).toList();
    return unknown.isEmpty()
        ? "its values cannot be known before the run"
        : "depends on what " + String.join(", ", unknown) + " will give";
  }

  private void add(PlannedStep step) {
    planned.add(step);
  }
}
