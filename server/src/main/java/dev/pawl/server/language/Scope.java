package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression is evaluated over. The map of steps is read while evaluating and not copied.
 *
 * @param inputs as resolved for the run
 * @param steps by id, those that have ended
 * @param run the run
 * @param each the iteration; null outside a forEach
 * @param output the method's own output, for a step's {@code outputs}; null elsewhere
 * @param data where {@code data()} looks
 */
public record Scope(
    ObjectNode inputs,
    Map<String, StepView> steps,
    RunView run,
    @Nullable Iteration each,
    @Nullable JsonNode output,
    DataLookup data) {
  public Scope {
    requireNonNull(inputs, "inputs");
    requireNonNull(steps, "steps");
    requireNonNull(run, "run");
    requireNonNull(data, "data");
  }

  public static Scope of(
      ObjectNode inputs, Map<String, StepView> steps, RunView run, DataLookup data) {
    return new Scope(inputs, steps, run, null, null, data);
  }

  public Scope withEach(Iteration iteration) {
    return new Scope(inputs, steps, run, iteration, output, data);
  }

  public Scope withInputs(ObjectNode other) {
    return new Scope(other, steps, run, each, output, data);
  }

  public Scope withOutput(JsonNode own) {
    return new Scope(inputs, steps, run, each, own, data);
  }

  /** The variable's value; null where there is none. Steps are found by {@link #step}. */
  @Nullable JsonNode variable(String name) {
    return switch (name) {
      case "inputs" -> inputs;
      case "run" ->
          Json.object()
              .put("id", run.id())
              .put("attempt", run.attempt())
              .put("workflow", run.workflow())
              .put("namespace", run.namespace());
      case "each" -> each == null ? null : each(each);
      case "output" -> output;
      default -> null;
    };
  }

  /** The step as expressions see it; null where it has not ended. */
  @Nullable JsonNode step(String id) {
    StepView step = steps.get(id);
    if (step == null) {
      return null;
    }
    ObjectNode view = Json.object();
    view.set("output", step.output());
    return view.put("outcome", step.outcome()).put("status", step.status());
  }

  private static JsonNode each(Iteration each) {
    ObjectNode view = Json.object();
    view.set("value", each.value());
    return view.put("key", each.key()).put("index", each.index());
  }
}
