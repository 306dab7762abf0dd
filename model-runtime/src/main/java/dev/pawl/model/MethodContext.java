package dev.pawl.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.http.Connection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One call of a method, and all that it may reach. */
public interface MethodContext {
  /** Who is calling, for holders' names and logs. */
  Caller caller();

  /** The model type being called. */
  String modelType();

  /** The instance being called. */
  String instance();

  /** The key of one of this instance's outputs. */
  default ResourceKey key(String outputSpec) {
    return new ResourceKey(caller().namespace(), modelType(), instance(), outputSpec);
  }

  /** Stored state and claims. */
  DataRepository dataRepository();

  /**
   * Runs {@code create} unless the instance's output is already stored; of all who race, one runs
   * it and the others get its data.
   *
   * @param outputSpec the named output
   * @param create makes it; a {@link MethodException} with effect NOT_MADE leaves the key absent,
   *     every other way out leaves it in doubt
   * @throws MethodException from {@code create}, IN_DOUBT, or CLAIM_HELD
   */
  MethodResult createOrGet(String outputSpec, Create create)
      throws MethodException, InterruptedException;

  /** The body of {@link #createOrGet}. */
  @FunctionalInterface
  interface Create {
    JsonNode run() throws MethodException, InterruptedException;
  }

  /**
   * Does {@code body} once for this step and item, however many attempts the run takes: its result
   * is kept, and given back to whoever comes here again with the same input. It counts until the
   * step has succeeded, or somebody asks for the step to begin from nothing.
   *
   * <p>That the work has begun is durable before {@code body} is called, and its result before this
   * returns. Work that was begun and has no result is unknown, whatever its input was, and {@link
   * Checkpoint#onUnknown} says what is done then. JSON null, false and empty values are results;
   * Java's null counts as JSON null. What is returned is the result as it will be read back.
   *
   * <p>Outside a run nobody could come here again: the body is called and nothing is kept.
   *
   * @param body a {@link MethodException} with effect NOT_MADE takes back that it has begun; every
   *     other way out leaves the work unknown
   * @throws MethodException from {@code body} or the checkpoint's look; IN_DOUBT; LIMIT_EXCEEDED
   *     for a result over {@link Checkpoint#MAX_RESULT}, which leaves the work unknown;
   *     INVALID_ARGUMENTS where this call has already used the name for another input, or is using
   *     it now; CLAIM_STALE when the run has gone on elsewhere
   */
  JsonNode checkpoint(Checkpoint which, Work body) throws MethodException, InterruptedException;

  /** The body of {@link #checkpoint}. */
  @FunctionalInterface
  interface Work {
    @Nullable JsonNode run() throws MethodException, InterruptedException;
  }

  /**
   * The run's files, for this step alone from here until it ends: it waits for another step that is
   * using them, or another item of this one. It holds what the last step that used it has left.
   *
   * @throws MethodException NO_WORKSPACE outside a run; UNAVAILABLE where the files can't be
   *     restored; CLAIM_STALE when the run has gone on elsewhere
   */
  Workspace workspace() throws MethodException, InterruptedException;

  /**
   * The connection named by the model type.
   *
   * @throws MethodException NO_CONNECTION when none is set up
   */
  Connection http() throws MethodException;

  /** How a create treats what it finds. */
  CreateOptions options();

  /** What whoever runs the server allows; by default nothing. */
  default Settings settings() {
    return Settings.NONE;
  }

  /** The protocol's times. */
  Timing timing();

  /** Clock and pauses. */
  Pacer pacer();

  /** Lines for the person who reads the run; never secrets. */
  Logger log();

  /** Says what a long call is waiting for, shown by {@code pawl watch}. */
  void waitingFor(String what);

  /**
   * Waits, for a method that asks again and again until something is so. In a step of a run this
   * <em>ends the call</em>: the step waits without a thread or a place on any server, and after the
   * pause the method is called again from its beginning, in the same attempt, by whichever server
   * has the run then. Checkpoints are kept; files that this call has changed are not. Everywhere
   * else, and inside the body of {@link #createOrGet} or of an idempotent method, whose claim must
   * not be put down, it returns after the pause. So a loop around it is right in every place.
   *
   * @param pause until the next call; more than 0
   * @param waitingFor in words, shown by {@code pawl watch}
   * @throws MethodException that ends the call in a step of a run; let it pass
   */
  default void rest(Duration pause, String waitingFor)
      throws MethodException, InterruptedException {
    waitingFor(waitingFor);
    pacer().pause(pause);
  }
}
