package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.ResourceKey;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.Iteration;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.RunView;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.language.StepView;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.workflow.ModelCatalog;
import dev.pawl.server.workflow.StepDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one workflow for {@link RebuildData}. What is found stands for the output of its
 * step, so that those behind it can be computed; what depends on anything else stays unknown.
 */
final class RebuildSteps {
  private final RunView run;
  private final ParsedWorkflow workflow;
  private final ObjectNode inputs;
  private final StepEvaluator evaluator;
  private final ModelCatalog models;
  private final RebuildOne one;
  private final Findings<RebuiltResource> findings;
  private final Map<String, StepView> known = new HashMap<>();

  RebuildSteps(
      RunView run,
      ParsedWorkflow workflow,
      ObjectNode inputs,
      StepEvaluator evaluator,
      ModelCatalog models,
      RebuildOne one,
      Findings<RebuiltResource> findings) {
    this.run = run;
    this.workflow = workflow;
    this.inputs = inputs;
    this.evaluator = evaluator;
    this.models = models;
    this.one = one;
    this.findings = findings;
  }

  void run() throws InterruptedException {
    Scope scope = Scope.of(inputs, known, run, (type, instance) -> one.stored(key(type, instance)));
    for (StepDefinition step : workflow.definition().inOrder()) {
      Optional<MethodDescriptor> method =
          models.model(step.model()).flatMap(m -> m.method(step.method()));
      if (method.isPresent() && Fingerprints.isClaimed(step, method.get())) {
        step(step, method.get(), scope);
      }
    }
  }

  private void step(StepDefinition step, MethodDescriptor method, Scope scope)
      throws InterruptedException {
    if (isLeftOut(step, scope)) {
      known.put(step.id(), StepView.skipped());
      return;
    }
    if (step.forEach() == null) {
      StepView view = execution(step, method, scope);
      if (view != null) {
        known.put(step.id(), view);
      }
      return;
    }
    List<Iteration> items;
    try {
      items = evaluator.iterations(step, scope);
    } catch (EvaluationFailed | LimitExceeded e) {
      unknown(step, method, "the items of its forEach");
      return;
    }
    List<JsonNode> outputs = new ArrayList<>();
    for (Iteration each : items) {
      StepView view = execution(step, method, scope.withEach(each));
      if (view != null) {
        outputs.add(view.output());
      }
    }
    if (outputs.size() == items.size()) {
      known.put(step.id(), succeeded(StepEvaluator.gathered(outputs)));
    }
  }

  /** A step whose condition can't be told may have run. */
  private boolean isLeftOut(StepDefinition step, Scope scope) {
    try {
      return !evaluator.condition(step, scope);
    } catch (EvaluationFailed | LimitExceeded e) {
      return false;
    }
  }

  private @Nullable StepView execution(StepDefinition step, MethodDescriptor method, Scope scope)
      throws InterruptedException {
    ResourceKey key;
    try {
      key =
          new ResourceKey(
              run.namespace(),
              step.model(),
              evaluator.resolveInstance(step, scope),
              method.outputSpec());
    } catch (EvaluationFailed | LimitExceeded e) {
      unknown(step, method, "its instance");
      return null;
    }
    RebuildOne.Found found = one.run(key, method, arguments(step, scope));
    findings.found(found.told());
    if (found.data() == null) {
      return null;
    }
    try {
      return succeeded(evaluator.stepOutput(step, scope, found.data()));
    } catch (EvaluationFailed | LimitExceeded e) {
      return null;
    }
  }

  private @Nullable ObjectNode arguments(StepDefinition step, Scope scope) {
    try {
      return evaluator.resolveWith(step, scope);
    } catch (EvaluationFailed | LimitExceeded e) {
      return null;
    }
  }

  private void unknown(StepDefinition step, MethodDescriptor method, String what)
      throws InterruptedException {
    findings.found(
        new RebuiltResource(
            new ResourceKey(run.namespace(), step.model(), "", method.outputSpec()),
            RebuiltResource.Result.UNSUPPORTED,
            List.of(),
            "step "
                + step.id()
                + ": "
                + what
                + " can't be computed from what was found; import what it made by hand"));
  }

  private ResourceKey key(String type, String instance) {
    return new ResourceKey(run.namespace(), type, instance, ResourceKey.STATE);
  }

  private static StepView succeeded(JsonNode output) {
    return new StepView(output, "VERIFIED", StepStatus.SUCCEEDED.name());
  }
}
