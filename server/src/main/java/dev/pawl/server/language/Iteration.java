package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One item of a forEach.
 *
 * @param key unique in the step; stays the same when other items come or go, where items are
 *     scalars or a map's
 * @param value the item
 * @param index from 0
 */
public record Iteration(String key, JsonNode value, int index) {
  public Iteration {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
  }
}
