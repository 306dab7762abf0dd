package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
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
import dev.pawl.server.run.PlannedStep.CreateAction;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.workflow.StepDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a workflow as a run would, with stored state in place of what would be made. What
 * depends on something that does not exist yet stays unknown.
 */
final class PlanSteps {
  private final String namespace;
  private final ParsedWorkflow workflow;
  private final ObjectNode inputs;
  private final int attempt;
  private final EarlierSteps earlier;
  private final EngineParts parts;
  private final StepEvaluator evaluator;
  private final Map<String, StepView> known = new HashMap<>();
  private final Set<String> runs = new HashSet<>();
  private final List<PlannedStep> planned = new ArrayList<>();

  PlanSteps(
      String namespace,
      ParsedWorkflow workflow,
      ObjectNode inputs,
      int attempt,
      EarlierSteps earlier,
      EngineParts parts) {
    this.namespace = namespace;
    this.workflow = workflow;
    this.inputs = inputs;
    this.attempt = attempt;
    this.earlier = earlier;
    this.parts = parts;
    this.evaluator = new StepEvaluator(workflow);
  }

  Plan run() {
    DataLookup data = (type, instance) -> stored(type, instance);
    String name = workflow.definition().name();
    Scope scope = Scope.of(inputs, known, new RunView("planned", 1, name, namespace), data);
    for (StepDefinition step : workflow.definition().inOrder()) {
      plan(step, scope);
    }
    return new Plan(attempt, planned, List.of());
  }

  private JsonNode stored(String type, String instance) {
    StoredResource row =
        parts.data().read(new ResourceKey(namespace, type, instance, ResourceKey.STATE));
    return switch (row.effectiveState()) {
      case PRESENT -> row.data() == null ? NullNode.getInstance() : row.data();
      case ABSENT, CLAIMED, IN_DOUBT, DELETED -> NullNode.getInstance();
    };
  }

  private void plan(StepDefinition step, Scope scope) {
    try {
      if (!evaluator.condition(step, scope)) {
        add(step, StepKey.of(step.id()), "", Action.SKIP, null, "its condition is false");
        known.put(step.id(), StepView.skipped());
        return;
      }
      if (step.forEach() == null) {
        JsonNode output = iteration(step, StepKey.of(step.id()), scope);
        know(step, output);
        return;
      }
      List<JsonNode> outputs = new ArrayList<>();
      boolean whole = true;
      for (Iteration each : evaluator.iterations(step, scope)) {
        JsonNode output = iteration(step, new StepKey(step.id(), each.key()), scope.withEach(each));
        whole &= output != null;
        outputs.add(output == null ? NullNode.getInstance() : output);
      }
      know(step, whole ? StepEvaluator.gathered(outputs) : null);
    } catch (EvaluationFailed | LimitExceeded e) {
      runs.add(step.id());
      add(step, StepKey.of(step.id()), "", act(false), null, unknownBecause(step));
    }
  }

  private void know(StepDefinition step, @Nullable JsonNode output) {
    if (output != null) {
      known.put(step.id(), new StepView(output, "REUSED", StepStatus.SUCCEEDED.name()));
    }
  }

  /** Plans one execution; its output, null when that cannot be known. */
  private @Nullable JsonNode iteration(StepDefinition step, StepKey key, Scope scope)
      throws EvaluationFailed {
    String instance = evaluator.resolveInstance(step, scope);
    MethodDescriptor method = method(step);
    boolean isCreate = method.kind() == MethodKind.CREATE && Fingerprints.isClaimed(step, method);
    List<String> upstream = step.dependencies().stream().filter(runs::contains).toList();
    boolean same = upstream.isEmpty() && isSame(step, key, instance, scope);
    String why = why(key, upstream, same);
    if (!isCreate) {
      boolean keeps = same && !step.always();
      add(step, key, instance, act(keeps), null, why);
      if (!keeps) {
        runs.add(step.id());
      }
      return keeps ? earlier.end(step, key).map(StepRecord::output).orElse(null) : null;
    }
    ResourceKey resource = new ResourceKey(namespace, step.model(), instance, ResourceKey.STATE);
    StoredResource row = parts.data().read(resource);
    CreateAction create = create(step, row);
    boolean exists = create == CreateAction.VERIFY || create == CreateAction.REUSE;
    add(step, key, instance, act(same && exists), create, why);
    if (!exists) {
      runs.add(step.id());
    }
    return exists ? row.data() : null;
  }

  /** Whether it succeeded with what it would do now. */
  private boolean isSame(StepDefinition step, StepKey key, String instance, Scope scope)
      throws EvaluationFailed {
    Optional<StepRecord> success = earlier.end(step, key);
    return success.isPresent()
        && Fingerprints.of(step, instance, evaluator.resolveWith(step, scope))
            .equals(success.get().fingerprint());
  }

  private MethodDescriptor method(StepDefinition step) {
    return parts
        .models()
        .model(step.model())
        .flatMap(m -> m.method(step.method()))
        .orElseThrow(() -> new IllegalStateException("checked before the plan: " + step.model()));
  }

  private static CreateAction create(StepDefinition step, StoredResource row) {
    var policy = step.create().verify();
    boolean unverified = step.skipIfExists() || (policy != null && policy.never());
    return switch (row.effectiveState()) {
      case PRESENT -> unverified ? CreateAction.REUSE : CreateAction.VERIFY;
      case IN_DOUBT -> CreateAction.IN_DOUBT;
      case ABSENT, CLAIMED -> CreateAction.CREATE;
      case DELETED ->
          row.tombstone() != null
                  && row.tombstone().cause() == StoredResource.Tombstone.Cause.VERIFIED_GONE
              ? CreateAction.RECREATE
              : CreateAction.CREATE;
    };
  }

  private Action act(boolean reuse) {
    if (attempt == 0) {
      return Action.RUN;
    }
    return reuse ? Action.REUSE : Action.RERUN;
  }

  private String why(StepKey key, List<String> upstream, boolean same) {
    if (attempt == 0) {
      return "";
    }
    StepRecord before = earlier.latest(key).orElse(null);
    if (before == null) {
      return "never ran";
    }
    String attempted = " in attempt " + before.attempt();
    if (before.status() != StepStatus.SUCCEEDED) {
      return (before.status() == StepStatus.NOT_RUN ? "did not run" : before.status()) + attempted;
    }
    Optional<String> chosen = earlier.chosen().why(key);
    if (chosen.isPresent()) {
      return chosen.get();
    }
    if (!upstream.isEmpty()) {
      return "downstream of " + String.join(", ", upstream);
    }
    return same ? "succeeded" + attempted : "its definition or arguments changed";
  }

  private String unknownBecause(StepDefinition step) {
    List<String> unknown =
        step.dependencies().stream().filter(id -> !known.containsKey(id)).toList();
    return unknown.isEmpty()
        ? "its values cannot be known before the run"
        : "depends on what " + String.join(", ", unknown) + " will give";
  }

  private void add(
      StepDefinition step,
      StepKey key,
      String instance,
      Action action,
      @Nullable CreateAction create,
      String why) {
    planned.add(
        new PlannedStep(
            key,
            step.model(),
            step.method(),
            instance,
            action,
            create,
            why.isEmpty() ? List.of() : List.of(why),
            List.of(),
            List.copyOf(step.dependencies())));
  }
}
