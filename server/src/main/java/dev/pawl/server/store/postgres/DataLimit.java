package dev.pawl.server.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.server.store.postgres.query.Values;
import java.nio.charset.StandardCharsets;

/** How much one stored value may hold. */
final class DataLimit {
  static final int BYTES = 1 << 20;

  private DataLimit() {}

  static void check(ResourceKey key, JsonNode data) throws MethodException {
    String text = Values.text(data);
    // Three bytes a char at most: what is short enough needs no counting.
    if (text.length() <= BYTES / 3) {
      return;
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > BYTES) {
      throw Refusals.tooLarge(key, bytes, BYTES);
    }
  }
}
