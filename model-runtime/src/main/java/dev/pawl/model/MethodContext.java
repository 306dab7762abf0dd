package dev.pawl.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.http.Connection;
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
   * The connection named by the model type.
   *
   * @throws MethodException NO_CONNECTION when none is set up
   */
  Connection http() throws MethodException;

  /** How a create treats what it finds. */
  CreateOptions options();

  /** The protocol's times. */
  Timing timing();

  /** Clock and pauses. */
  Pacer pacer();

  /** Lines for the person who reads the run; never secrets. */
  Logger log();

  /** Says what a long call is waiting for, shown by {@code pawl watch}. */
  void waitingFor(String what);
}
