package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as its file defines it.
 *
 * @param name of the file's metadata
 * @param apiVersion {@code pawl.dev/v1}
 * @param description null where the file gives none
 * @param inputs by name, in the file's order
 * @param recovery what becomes of a run whose executor vanished
 * @param timeout of a whole attempt; null: none
 * @param totalTimeout of all attempts together, from the run's creation; null: none
 * @param failFast whether one failed step stops the independent branches too; default false
 * @param steps in the file's order; acyclic
 * @param outputs the run's named results, with expressions
 */
public record WorkflowDefinition(
    String name,
    String apiVersion,
    @Nullable String description,
    Map<String, InputDefinition> inputs,
    RecoveryPolicy recovery,
    @Nullable Duration timeout,
    @Nullable Duration totalTimeout,
    boolean failFast,
    List<StepDefinition> steps,
    Map<String, JsonNode> outputs) {

  public static final String API_VERSION = "pawl.dev/v1";
  public static final String KIND = "Workflow";

  public WorkflowDefinition {
    requireNonNull(name, "name");
    requireNonNull(apiVersion, "apiVersion");
    inputs = Copies.ordered(inputs);
    requireNonNull(recovery, "recovery");
    steps = List.copyOf(steps);
    outputs = Copies.ordered(outputs);
  }

  public Optional<StepDefinition> step(String id) {
    return steps.stream().filter(s -> s.id().equals(id)).findFirst();
  }

  /** The steps so ordered that each comes after all it depends on, else in the file's order. */
  public List<StepDefinition> inOrder() {
    return StepGraph.of(steps).inOrder();
  }

  /** The definition as JSON; formatting, comments and the order of keys do not change it. */
  public JsonNode canonical() {
    return CanonicalForm.of(this);
  }
}
