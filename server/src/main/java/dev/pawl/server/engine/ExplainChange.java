package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says why a step would do something else than it did in an earlier attempt. */
final class ExplainChange {
  private final RunHistory history;
  private final ObjectNode inputs;
  private final StepEvaluator evaluator;
  private final CheckWorkflow check;
  private final Map<Integer, Optional<WorkflowDefinition>> definitions = new HashMap<>();

  /**
   * @param history of the run
   * @param inputs of the next attempt
   * @param evaluator of the next attempt's definition
   */
  ExplainChange(
      RunHistory history, ObjectNode inputs, StepEvaluator evaluator, CheckWorkflow check) {
    this.history = history;
    this.inputs = inputs;
    this.evaluator = evaluator;
    this.check = check;
  }

  /**
   * The causes, a short sentence each.
   *
   * @param before what it did
   * @param scope that it would be evaluated in
   * @param fingerprint of what it would do now
   */
  List<String> run(StepDefinition step, StepRecord before, Scope scope, String fingerprint) {
    List<String> causes = new ArrayList<>();
    definition(before.attempt())
        .flatMap(d -> d.step(step.id()))
        .map(was -> DifferingFields.of(was.effect(), step.effect()))
        .filter(fields -> !fields.equals(List.of("request")))
        .ifPresent(fields -> causes.add("its definition changed: " + String.join(", ", fields)));
    ObjectNode had = history.inputs(before.attempt());
    TreeSet<String> names = new TreeSet<>();
    had.fieldNames().forEachRemaining(names::add);
    inputs.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      if (!Objects.equals(had.get(name), inputs.get(name))
          && isTouched(step, scope, name, had.get(name), fingerprint)) {
        causes.add("input " + name + " changed");
      }
    }
    return causes.isEmpty() ? List.of("what it consumes changed") : causes;
  }

  /** With this input alone put back: would it do something else than with all as they are now? */
  private boolean isTouched(
      StepDefinition step, Scope scope, String input, @Nullable JsonNode had, String fingerprint) {
    ObjectNode putBack = inputs.deepCopy();
    if (had == null) {
      putBack.remove(input);
    } else {
      putBack.set(input, had);
    }
    Scope then = scope.withInputs(putBack);
    try {
      return !Fingerprints.of(
              step, evaluator.resolveInstance(step, then), evaluator.resolveWith(step, then))
          .equals(fingerprint);
    } catch (EvaluationFailed | LimitExceeded e) {
      return true;
    }
  }

  /** Empty when it can no longer be read, as where a model has gone since. */
  private Optional<WorkflowDefinition> definition(int attempt) {
    return definitions.computeIfAbsent(
        attempt,
        number ->
            history.attempts().stream()
                .filter(a -> a.number() <= number && a.definition() != null)
                .map(AttemptRecord::definition)
                .reduce((earlier, later) -> later)
                .flatMap(this::parsed));
  }

  private Optional<WorkflowDefinition> parsed(String text) {
    try {
      return Optional.of(check.definition("", text).definition());
    } catch (ServerFailure e) {
      return Optional.empty();
    }
  }
}
