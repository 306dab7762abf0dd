package dev.pawl.server.models;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Caller;
import dev.pawl.model.CreateOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A method to be called.
 *
 * @param reuse whether a stored output is enough
 * @param waiting is told what the call is waiting for
 * @param keeping of the step that calls; null outside a run
 */
public record MethodCall(
    Caller caller,
    String modelType,
    String method,
    String instance,
    ObjectNode arguments,
    CreateOptions options,
    Reuse reuse,
    Consumer<String> waiting,
    @Nullable StepKeeping keeping) {

  /** Whether a stored output is enough. */
  public enum Reuse {
    /** As the method's own descriptor says. */
    BY_METHOD,
    /** {@code skipIfExists}: always, and without a read of the API. */
    IF_EXISTS
  }

  public MethodCall {
    requireNonNull(caller, "caller");
    requireNonNull(modelType, "modelType");
    requireNonNull(method, "method");
    requireNonNull(instance, "instance");
    requireNonNull(arguments, "arguments");
    requireNonNull(options, "options");
    requireNonNull(reuse, "reuse");
    requireNonNull(waiting, "waiting");
  }

  /** Outside a run. */
  public MethodCall(
      Caller caller,
      String modelType,
      String method,
      String instance,
      ObjectNode arguments,
      CreateOptions options,
      Reuse reuse,
      Consumer<String> waiting) {
    this(caller, modelType, method, instance, arguments, options, reuse, waiting, null);
  }

  /** The same, as a step of a run. */
  public MethodCall inStep(StepKeeping step) {
    return new MethodCall(
        caller, modelType, method, instance, arguments, options, reuse, waiting, step);
  }
}
