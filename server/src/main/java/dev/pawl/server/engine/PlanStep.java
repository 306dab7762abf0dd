package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.Outcome;
import dev.pawl.model.Preview;
import dev.pawl.model.Preview.Act;
import dev.pawl.model.ResourceKey;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.language.StepView;
import dev.pawl.server.run.PlannedStep;
import dev.pawl.server.run.PlannedStep.Action;
import dev.pawl.server.run.PlannedStep.CreateAction;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.workflow.StepDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans one step execution: decides as {@link ExecuteIteration} does, and says why. */
final class PlanStep {
  static final String NOT_NAMED = "it is not among the steps that --step names";

  private final PlanSteps.Basis basis;
  private final StepEvaluator evaluator;
  private final EngineParts parts;
  private final PlanCreates creates;

  /**
   * One execution.
   *
   * @param gives what those who consume it would see; null where only the run will tell
   */
  record Line(PlannedStep step, @Nullable StepView gives) {}

  /** What is known of an execution before anything is decided. */
  private record Facts(
      StepDefinition step,
      StepKey key,
      Scope scope,
      MethodDescriptor method,
      String instance,
      @Nullable ObjectNode arguments,
      @Nullable String fingerprint,
      List<String> upstream) {
    /** The fingerprint; empty, and so like no other, where it cannot be known. */
    String told() {
      return fingerprint == null ? "" : fingerprint;
    }

    boolean isAsIn(StepRecord end) {
      return told().equals(end.fingerprint());
    }

    boolean isCreate() {
      return method.kind() == MethodKind.CREATE && Fingerprints.isClaimed(step, method);
    }
  }

  PlanStep(PlanSteps.Basis basis, StepEvaluator evaluator, EngineParts parts) {
    this.basis = basis;
    this.evaluator = evaluator;
    this.parts = parts;
    this.creates = new PlanCreates(parts);
  }

  /**
   * Plans it.
   *
   * @param runs the steps that would run and whose output is not known
   */
  Line run(StepDefinition step, StepKey key, Scope scope, Set<String> runs)
      throws InterruptedException {
    Optional<StepOverride> said = basis.earlier().override(key);
    if (said.isPresent()) {
      return overridden(step, said.get());
    }
    Facts facts = facts(step, key, scope, runs);
    Optional<StepRecord> end = basis.earlier().end(step, key);
    if (basis.earlier().chosen().leavesAlone(step, key)) {
      if (end.isEmpty()) {
        return new Line(skipped(step, key, NOT_NAMED), null);
      }
      boolean verified =
          basis.earlier().chosen().isConsumed(step.id())
              && Fingerprints.isVerified(step, facts.method(), end.get())
              && facts.isAsIn(end.get());
      if (!verified) {
        return kept(facts, end.get());
      }
    }
    boolean same = end.isPresent() && facts.upstream().isEmpty() && facts.isAsIn(end.get());
    if (same && Fingerprints.mayKeep(step, facts.method(), end.get(), facts.told())) {
      return kept(facts, end.get());
    }
    List<String> why = why(facts, end, same);
    return facts.isCreate() ? create(facts, same, why) : runs(facts, why);
  }

  private Facts facts(StepDefinition step, StepKey key, Scope scope, Set<String> runs) {
    String instance = "";
    ObjectNode arguments = null;
    try {
      instance = evaluator.resolveInstance(step, scope);
      arguments = evaluator.resolveWith(step, scope);
    } catch (EvaluationFailed | LimitExceeded e) {
      // What cannot be known yet stays unknown.
    }
    return new Facts(
        step,
        key,
        scope,
        parts
            .models()
            .model(step.model())
            .flatMap(m -> m.method(step.method()))
            .orElseThrow(() -> new IllegalStateException("checked before: " + step.model())),
        instance,
        arguments,
        arguments == null ? null : Fingerprints.of(step, instance, arguments),
        step.dependencies().stream().filter(runs::contains).toList());
  }

  private Line overridden(StepDefinition step, StepOverride said) {
    return new Line(
        skipped(step, said.key(), "skipped by " + said.requester() + ": " + said.reason()),
        new StepView(said.output(), Outcome.SKIPPED.name(), StepStatus.SUCCEEDED.name()));
  }

  private Line kept(Facts facts, StepRecord end) {
    List<String> why = new ArrayList<>();
    why.add(
        end.status() == StepStatus.SUCCEEDED
            ? "succeeded in attempt " + end.attempt()
            : "failed in attempt " + end.attempt() + ", which continueOnError lets pass");
    ExplainChange changes = basis.changes();
    if (facts.fingerprint() != null && !facts.isAsIn(end) && changes != null) {
      changes
          .run(facts.step(), end, facts.scope(), facts.told())
          .forEach(cause -> why.add(cause + ", but only the named steps run"));
    }
    Outcome outcome = end.outcome();
    JsonNode output = end.output() == null ? NullNode.getInstance() : end.output();
    return new Line(
        line(facts, Action.REUSE, null, why, List.of()),
        new StepView(output, outcome == null ? null : outcome.name(), end.status().name()));
  }

  private Line runs(Facts facts, List<String> why) {
    CreateAction create = facts.method().kind() == MethodKind.CREATE ? CreateAction.CREATE : null;
    return new Line(line(facts, run(), create, why, List.of()), null);
  }

  private Line create(Facts facts, boolean same, List<String> why) throws InterruptedException {
    if (facts.instance().isEmpty()) {
      return new Line(line(facts, run(), null, why, List.of()), null);
    }
    StepDefinition step = facts.step();
    ResourceKey key =
        new ResourceKey(
            basis.run().namespace(), step.model(), facts.instance(), facts.method().outputSpec());
    Preview preview =
        creates.run(
            step,
            key,
            facts.arguments(),
            new MendedCreate(basis.earlier(), evaluator)
                .policy(step, facts.scope(), facts.told())
                .options(basis.startedAt()));
    List<String> reasons = new ArrayList<>(why);
    reasons.addAll(preview.reasons());
    if (preview.unasked() != null) {
      reasons.add("the API could not be asked: " + preview.unasked().message());
    }
    StepView gives = gives(facts, preview);
    boolean keeps = same && gives != null;
    return new Line(
        line(
            facts,
            keeps && basis.isRetry() ? Action.REUSE : run(),
            CreateAction.valueOf(preview.act().name()),
            reasons,
            preview.differs()),
        gives);
  }

  private @Nullable StepView gives(Facts facts, Preview preview) {
    if (preview.data() == null) {
      return null;
    }
    try {
      JsonNode output = evaluator.stepOutput(facts.step(), facts.scope(), preview.data());
      Outcome outcome = preview.act() == Act.VERIFY ? Outcome.VERIFIED : Outcome.REUSED;
      return new StepView(output, outcome.name(), StepStatus.SUCCEEDED.name());
    } catch (EvaluationFailed | LimitExceeded e) {
      return null;
    }
  }

  private Action run() {
    return basis.isRetry() ? Action.RERUN : Action.RUN;
  }

  private List<String> why(Facts facts, Optional<StepRecord> end, boolean same) {
    List<String> why = new ArrayList<>();
    StepKey key = facts.key();
    if (basis.isRetry()) {
      basis.earlier().chosen().why(key).ifPresent(why::add);
      standing(key).ifPresent(why::add);
    }
    if (!facts.upstream().isEmpty()) {
      String names = String.join(", ", facts.upstream());
      if (facts.arguments() == null) {
        why.add("depends on what " + names + " will give");
      } else if (basis.isRetry() && basis.earlier().chosen().why(key).isEmpty()) {
        why.add("downstream of " + names);
      }
    }
    if (same) {
      why.add(
          facts.step().always()
              ? "runs once in every attempt"
              : "succeeded in attempt " + end.map(StepRecord::attempt).orElse(0));
    } else if (why.isEmpty() && end.isPresent() && basis.changes() != null) {
      why.addAll(basis.changes().run(facts.step(), end.get(), facts.scope(), facts.told()));
    }
    return why;
  }

  /** What an execution that has not succeeded has come to. */
  private Optional<String> standing(StepKey key) {
    Optional<StepRecord> before = basis.earlier().latest(key);
    if (before.isEmpty()) {
      return Optional.of("never ran");
    }
    String attempt = " in attempt " + before.get().attempt();
    return switch (before.get().status()) {
      case SUCCEEDED -> Optional.empty();
      case FAILED -> Optional.of("failed" + attempt);
      // One that was lost with its server says so.
      case CANCELLED ->
          Optional.of(
              (before.get().error() == null ? "was cancelled" : "was interrupted") + attempt);
      case NOT_RUN -> Optional.of("did not run" + attempt);
      case PENDING, RUNNING, WAITING -> Optional.of("was interrupted" + attempt);
    };
  }

  PlannedStep skipped(StepDefinition step, StepKey key, String why) {
    return planned(step, key, "", Action.SKIP, null, List.of(why), List.of());
  }

  /** A step of which not even the iterations, or whether it runs, can be known yet. */
  PlannedStep unknown(StepDefinition step, StepKey key, String why) {
    return planned(step, key, "", run(), null, List.of(why), List.of());
  }

  private static PlannedStep line(
      Facts facts,
      Action action,
      @Nullable CreateAction create,
      List<String> why,
      List<FieldDifference> differs) {
    return planned(facts.step(), facts.key(), facts.instance(), action, create, why, differs);
  }

  private static PlannedStep planned(
      StepDefinition step,
      StepKey key,
      String instance,
      Action action,
      @Nullable CreateAction create,
      List<String> why,
      List<FieldDifference> differs) {
    return new PlannedStep(
        key,
        step.model(),
        step.method(),
        instance,
        action,
        create,
        why,
        differs,
        List.copyOf(step.dependencies()));
  }
}
