package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import dev.pawl.server.run.RunKey;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a run's log are wanted, in their order.
 *
 * @param after only lines with a higher sequence
 * @param stepId null for every step
 * @param iteration null for every iteration
 * @param attempt null for every attempt
 */
public record LogQuery(
    RunKey run,
    long after,
    int limit,
    @Nullable String stepId,
    @Nullable String iteration,
    @Nullable Integer attempt) {
  public LogQuery {
    requireNonNull(run, "run");
  }
}
