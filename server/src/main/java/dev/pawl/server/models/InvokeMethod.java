package dev.pawl.server.models;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Caller;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.Outcome;
import dev.pawl.model.Pacer;
import dev.pawl.model.Reason;
import dev.pawl.model.Settings;
import dev.pawl.model.Timing;
import dev.pawl.model.Utf8;
import dev.pawl.model.checkpoint.Checkpoints;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a method. A step's {@code skipIfExists} and a method's {@code idempotent} flag mean the
 * same as the model's own {@code createOrGet}: its output is made once, under a claim on the
 * output's key.
 */
public final class InvokeMethod {
  /** The largest output, in bytes of its compact JSON in UTF-8. */
  public static final int MAX_OUTPUT = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(InvokeMethod.class);

  private final ModelRegistry models;
  private final Connections connections;
  private final Function<Caller, DataRepository> repositories;
  private final Timing timing;
  private final Pacer pacer;
  private final Permissions permissions;

  /**
   * Calls methods of these models, which nothing is permitted.
   *
   * @param repositories what each caller reads and writes, so that versions carry their run
   */
  public InvokeMethod(
      ModelRegistry models,
      Connections connections,
      Function<Caller, DataRepository> repositories,
      Timing timing,
      Pacer pacer) {
    this(models, connections, repositories, timing, pacer, new Permissions(Settings.NONE));
  }

  /**
   * Calls methods of these models.
   *
   * @param repositories what each caller reads and writes, so that versions carry their run
   * @param permissions what models may do on this machine
   */
  public InvokeMethod(
      ModelRegistry models,
      Connections connections,
      Function<Caller, DataRepository> repositories,
      Timing timing,
      Pacer pacer,
      Permissions permissions) {
    this.models = models;
    this.connections = connections;
    this.repositories = repositories;
    this.timing = timing;
    this.pacer = pacer;
    this.permissions = permissions;
  }

  /**
   * Calls.
   *
   * @throws MethodException from the method; MODEL_ERROR, with the effect unknown, for anything
   *     else that it throws
   */
  public MethodResult run(MethodCall call) throws MethodException, InterruptedException {
    Model model =
        models
            .find(call.modelType())
            .orElseThrow(() -> invalid("there is no model " + call.modelType()));
    MethodDescriptor method =
        model
            .descriptor()
            .method(call.method())
            .orElseThrow(() -> invalid(call.modelType() + " has no method " + call.method()));
    MethodContext context = context(model, call);
    return limited(dispatch(model, method, call, context), call);
  }

  private MethodResult dispatch(
      Model model, MethodDescriptor method, MethodCall call, MethodContext context)
      throws MethodException, InterruptedException {
    boolean ifExists = call.reuse() == MethodCall.Reuse.IF_EXISTS;
    if (ifExists) {
      StoredResource row = context.dataRepository().read(context.key(method.outputSpec()));
      if (row.effectiveState() == ResourceState.PRESENT && row.data() != null) {
        return MethodResult.of(row.data(), Outcome.REUSED);
      }
    }
    if (method.has(Trait.CLAIMS_ITSELF) || !(ifExists || method.has(Trait.IDEMPOTENT))) {
      return invoke(model, call, context);
    }
    return once(model, method, call, context);
  }

  private static MethodResult once(
      Model model, MethodDescriptor method, MethodCall call, MethodContext context)
      throws MethodException, InterruptedException {
    AtomicReference<MethodResult> ran = new AtomicReference<>();
    MethodResult stored =
        context.createOrGet(
            method.outputSpec(),
            () -> {
              MethodResult result = invoke(model, call, context);
              ran.set(result);
              return result.output();
            });
    MethodResult own = ran.get();
    return own == null ? stored : own;
  }

  private static MethodResult invoke(Model model, MethodCall call, MethodContext context)
      throws MethodException, InterruptedException {
    try {
      return requireNonNull(
          model.invoke(call.method(), call.arguments(), context), "it gave no result");
    } catch (RuntimeException | Error e) {
      LOG.error("{} {} of {} failed", call.modelType(), call.method(), call.instance(), e);
      throw new MethodException(
          Failure.of(
              Reason.MODEL_ERROR,
              call.modelType()
                  + " "
                  + call.method()
                  + " failed: "
                  + e.getClass().getSimpleName()
                  + (e.getMessage() == null ? "" : ": " + e.getMessage())),
          MethodException.Effect.UNKNOWN,
          e);
    }
  }

  private MethodContext context(Model model, MethodCall call) {
    CreateOptions asked = call.options();
    CreateOptions options =
        call.reuse() == MethodCall.Reuse.IF_EXISTS
            ? new CreateOptions(
                CreateOptions.Verify.NEVER,
                asked.onChange(),
                asked.adopt(),
                asked.startedAt(),
                asked.recreate())
            : asked;
    return new CallContext(
        model,
        call.caller(),
        call.instance(),
        repositories.apply(call.caller()),
        connections,
        options,
        timing,
        pacer,
        call.waiting(),
        permissions.settings(),
        call.keeping(),
        call.keeping() == null ? null : new Checkpoints(call.keeping().checkpoints()),
        new AtomicInteger());
  }

  private static MethodResult limited(MethodResult result, MethodCall call) throws MethodException {
    long bytes = Utf8.lengthOfJson(result.output());
    if (bytes > MAX_OUTPUT) {
      throw MethodException.unknown(
          Failure.of(
              Reason.LIMIT_EXCEEDED,
              "the output of "
                  + call.modelType()
                  + " "
                  + call.method()
                  + " of "
                  + call.instance()
                  + " has "
                  + bytes
                  + " bytes as JSON; the limit is "
                  + MAX_OUTPUT
                  + " (1 MiB); keep it in the workspace and return its path, or return less"));
    }
    return result;
  }

  private static MethodException invalid(String message) {
    return MethodException.notMade(Failure.of(Reason.INVALID_ARGUMENTS, message));
  }
}
