package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a step per item.
 *
 * @param in a list, a map, or an expression that gives one
 * @param key an expression for an iteration's key, over {@code each}; null: the item's own text for
 *     scalars, the map's key, else the index
 * @param concurrency how many iterations run at once; 0: no limit of its own
 */
public record ForEach(JsonNode in, @Nullable String key, int concurrency) {
  /** More items than this in one step are refused. */
  public static final int MAX_ITERATIONS = 10_000;

  public ForEach {
    requireNonNull(in, "in");
    if (concurrency < 0) {
      throw new IllegalArgumentException("concurrency must be at least 1, is " + concurrency);
    }
  }
}
