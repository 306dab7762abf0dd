package dev.pawl.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thing with methods. Implementations are found by {@link java.util.ServiceLoader}, are
 * stateless, and are called from many threads at once.
 *
 * <p>Generated models extend {@link dev.pawl.model.rest.RestModel}; a model written by hand
 * implements this interface and reaches the world only through the {@link MethodContext}.
 */
public interface Model {

  /** What this model is and which methods it has. Constant for the life of the process. */
  ModelDescriptor descriptor();

  /**
   * Runs one method.
   *
   * @param method a name listed in {@link #descriptor()}
   * @param arguments valid against that method's arguments schema
   * @param context the only road to stored state, the network, files and secrets
   * @return what came out, with how it came about
   * @throws MethodException when the method failed; its {@link Failure} says why and whether doubt
   *     is left
   * @throws InterruptedException when the step was cancelled or its executor lost its lease
   */
  MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException;

  /**
   * Says what {@code create} would do for the context's instance. Only reads: the context's store
   * refuses writes, its connection every request but GET.
   *
   * @param arguments null where they cannot be known before a run
   * @return empty where the model has nothing to say: then what is stored decides
   */
  default Optional<Preview> preview(@Nullable ObjectNode arguments, MethodContext context)
      throws InterruptedException {
    return Optional.empty();
  }

  /**
   * The reads by which what is stored can be compared with, and taken from, the API.
   *
   * @return empty where there is no API that keeps objects, as by default
   */
  default Optional<ObjectReads> objects() {
    return Optional.empty();
  }
}
