package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Caller;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.models.InvokeMethod;
import dev.pawl.server.models.MethodCall;
import dev.pawl.server.models.MethodCall.Reuse;
import dev.pawl.server.store.DataStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a model's {@code create} for a caller outside any run. */
public final class CreateOrGet {
  private static final String METHOD = "create";

  private final CheckCall check;
  private final InvokeMethod invoke;
  private final DataStore data;

  /**
   * What is wanted.
   *
   * @param options {@code startedAt} is filled in here
   * @param reuse whether stored state is taken as it is
   * @param requester who asks, for those who wait
   */
  public record Command(
      ResourceKey key,
      ObjectNode arguments,
      CreateOptions options,
      Reuse reuse,
      Duration timeout,
      String requester) {
    public Command {
      requireNonNull(key, "key");
      requireNonNull(arguments, "arguments");
      requireNonNull(options, "options");
      requireNonNull(reuse, "reuse");
      requireNonNull(timeout, "timeout");
      requireNonNull(requester, "requester");
    }
  }

  /** What came of it, and the row after it. */
  public record Result(MethodResult result, StoredResource row) {}

  @Inject
  public CreateOrGet(CheckCall check, InvokeMethod invoke, DataStore data) {
    this.check = check;
    this.invoke = invoke;
    this.data = data;
  }

  /**
   * Makes it, or takes what is there.
   *
   * @throws ServerFailure MODEL_NOT_FOUND, METHOD_NOT_FOUND or INVALID_ARGUMENTS
   * @throws MethodException from the model; DEADLINE when the timeout passed
   */
  public Result run(Command command) throws MethodException, InterruptedException {
    check.run(command.key().modelType(), METHOD, command.arguments());
    MethodResult result = within(command, startedAt(command));
    return new Result(result, data.read(command.key()));
  }

  private Instant startedAt(Command command) {
    return data.read(command.key()).readAt();
  }

  private static MethodCall call(Command command, Instant startedAt) {
    ResourceKey key = command.key();
    CreateOptions given = command.options();
    CreateOptions options =
        new CreateOptions(
            given.verify(), given.onChange(), given.adopt(), startedAt, given.recreate());
    return new MethodCall(
        new Caller(key.namespace(), "", "", 0, command.requester()),
        key.modelType(),
        METHOD,
        key.instance(),
        command.arguments(),
        options,
        command.reuse(),
        waiting -> {});
  }

  /** On a thread of its own, for only that one may be interrupted when its time is up. */
  private MethodResult within(Command command, Instant startedAt)
      throws MethodException, InterruptedException {
    StopSignal signal = new StopSignal();
    FutureTask<MethodResult> task =
        new FutureTask<>(
            () ->
                signal.<MethodResult, MethodException>interruptibly(
                    section -> () -> invoke.run(call(command, startedAt))));
    Thread thread = Thread.ofVirtual().name("create-or-get").start(task);
    try {
      return task.get(command.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      signal.stop(StopSignal.Cause.TIMED_OUT);
      // What was sent is first written down as done or in doubt.
      thread.join();
      if (task.state() == Future.State.SUCCESS) {
        return task.resultNow();
      }
      throw tooLate(command);
    } catch (InterruptedException e) {
      signal.stop(StopSignal.Cause.CANCELLED);
      throw e;
    } catch (ExecutionException e) {
      throw rethrown(e);
    }
  }

  private static MethodException tooLate(Command command) {
    return MethodException.unknown(
        Failure.of(
            Reason.DEADLINE,
            command.key()
                + " was not made within "
                + command.timeout().toSeconds()
                + " s; call again, nothing is made twice"));
  }

  private static RuntimeException rethrown(ExecutionException e)
      throws MethodException, InterruptedException {
    Throwable cause = e.getCause();
    if (cause instanceof MethodException failed) {
      throw failed;
    }
    if (cause instanceof InterruptedException stopped) {
      throw stopped;
    }
    return cause instanceof RuntimeException defect ? defect : new IllegalStateException(cause);
  }
}
