package dev.pawl.server.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Utf8;
import dev.pawl.server.store.postgres.query.Values;

/** How much one stored value may hold. */
final class DataLimit {
  static final int BYTES = 1 << 20;

  private DataLimit() {}

  static void check(ResourceKey key, JsonNode data) throws MethodException {
    long bytes = Utf8.length(Values.text(data));
    if (bytes > BYTES) {
      throw Refusals.tooLarge(key, bytes, BYTES);
    }
  }
}
