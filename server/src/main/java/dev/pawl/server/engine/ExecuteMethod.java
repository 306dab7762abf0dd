package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs one method without a workflow, kept as a run of one step. */
public final class ExecuteMethod {
  private static final String RPC = "ExecuteMethod";
  private static final String STEP = "call";
  private static final Duration FOREVER = Duration.ofDays(365);

  private final CheckCall check;
  private final StartRun start;
  private final AwaitRun await;
  private final IdempotencyKeys keys;

  @Inject
  ExecuteMethod(CheckCall check, StartRun start, AwaitRun await, IdempotencyKeys keys) {
    this.check = check;
    this.start = start;
    this.await = await;
    this.keys = keys;
  }

  /**
   * A method to run.
   *
   * @param timeout how long the method may take
   * @param idempotencyKey null for none
   */
  public record Command(
      String namespace,
      String modelType,
      String instance,
      String method,
      ObjectNode arguments,
      CreateOptions options,
      boolean skipIfExists,
      Duration timeout,
      @Nullable String idempotencyKey,
      String requester) {}

  /** What it did. */
  public record Result(MethodResult result, String runId, boolean replayed) {}

  /**
   * Runs it and waits for its end.
   *
   * @throws ServerFailure MODEL_NOT_FOUND, METHOD_NOT_FOUND, INVALID_ARGUMENTS; as the method
   *     failed, or as StartRun does
   */
  public Result run(Command command) throws InterruptedException {
    check.run(command.modelType(), command.method(), command.arguments());
    refuseExpressions(command.arguments());
    ObjectNode inputs = Json.object();
    inputs.set("arguments", command.arguments());
    StartRun.Result started =
        start.run(
            new StartRun.Command(
                command.namespace(),
                Json.write(definition(command)),
                "execute-method.json",
                inputs,
                command.idempotencyKey(),
                StartRun.OnExisting.ATTACH,
                command.requester()),
            keys.of(RPC, command.idempotencyKey(), () -> payload(command)));
    // Its own timeout ends it.
    ReadRuns.RunView view = await.run(started, FOREVER);
    StepRecord step = view.steps().isEmpty() ? null : view.steps().get(view.steps().size() - 1);
    if (step != null && step.status() == StepStatus.SUCCEEDED) {
      return new Result(result(step), view.run().key().runId(), started.replayed());
    }
    throw failure(view, step);
  }

  /** All that makes a call the same call, in the caller's own words. */
  private static ObjectNode payload(Command command) {
    ObjectNode request = Json.object();
    request
        .putObject("key")
        .put("model_type", command.modelType())
        .put("instance", command.instance());
    request.put("method", command.method());
    request.set("arguments", command.arguments());
    ObjectNode options = request.putObject("options");
    options(options, command.options());
    options.put("skip_if_exists", command.skipIfExists());
    request.put("timeout", text(command.timeout()));
    return request;
  }

  /** Values travel as an input; names stand in the definition itself. */
  private static void refuseExpressions(ObjectNode arguments) {
    arguments
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.contains("${{")) {
                throw ServerFailure.invalidField(
                    "arguments", "the name of an argument can't hold ${{, as '" + name + "' does");
              }
            });
  }

  /** The arguments travel as an input, so that no text in them is taken for an expression. */
  private static ObjectNode definition(Command command) {
    ObjectNode root = Json.object().put("apiVersion", "pawl.dev/v1").put("kind", "Workflow");
    root.putObject("metadata").put("name", "execute-method");
    ObjectNode spec = root.putObject("spec");
    ObjectNode inputs = spec.putObject("inputs");
    inputs.putObject("arguments").put("type", "object");
    spec.putObject("recovery").put("strategy", "idempotent");
    ObjectNode step = spec.putArray("steps").addObject();
    step.put("id", STEP).put("model", command.modelType()).put("method", command.method());
    if (!command.instance().isEmpty()) {
      inputs.putObject("instance").put("type", "string").put("default", command.instance());
      step.put("instance", "${{ inputs.instance }}");
    }
    ObjectNode with = step.putObject("with");
    command
        .arguments()
        .fieldNames()
        .forEachRemaining(n -> with.put(n, "${{ inputs.arguments[" + Json.write(n) + "] }}"));
    step.put("timeout", text(command.timeout()));
    if (command.skipIfExists()) {
      step.put("skipIfExists", true);
    }
    options(step, command.options());
    return root;
  }

  /** As files write durations, whose numbers have nine digits at most. */
  private static String text(Duration time) {
    int millis = time.toMillisPart();
    if (millis == 0 && time.toSeconds() > 0) {
      return time.toSeconds() + "s";
    }
    return time.toSeconds() + "s" + Math.max(1, millis) + "ms";
  }

  private static void options(ObjectNode step, CreateOptions options) {
    CreateOptions def = CreateOptions.DEFAULT;
    if (!options.verify().equals(def.verify())) {
      if (options.verify().never()) {
        step.put("verify", "never");
      } else {
        step.putObject("verify").put("olderThan", text(options.verify().olderThan()));
      }
    }
    if (options.onChange() != def.onChange()) {
      step.put("onChange", options.onChange().name().toLowerCase(Locale.ROOT));
    }
    if (options.adopt() == CreateOptions.Adopt.ON_CONFLICT) {
      step.put("adopt", "onConflict");
    }
    if (options.recreate()) {
      step.put("recreate", true);
    }
  }

  private static MethodResult result(StepRecord step) {
    JsonNode output = step.output();
    Outcome outcome = step.outcome();
    return new MethodResult(
        output == null ? Json.mapper().nullNode() : output,
        outcome == null ? Outcome.EXECUTED : outcome,
        step.differs(),
        step.warnings());
  }

  private static ServerFailure failure(ReadRuns.RunView view, @Nullable StepRecord step) {
    StepError error = step == null ? null : step.error();
    if (error == null) {
      String message = view.run().message();
      return ServerFailure.of(
          Code.ABORTED,
          view.run().reason() == null ? "CANCELLED" : view.run().reason(),
          message == null ? "the call ended as " + view.run().status() : message);
    }
    return new ServerFailure(
        Code.valueOf(error.code()),
        error.reason(),
        error.message(),
        error.violations().stream()
            .map(v -> new ServerFailure.Violation("arguments", v, ""))
            .toList());
  }
}
