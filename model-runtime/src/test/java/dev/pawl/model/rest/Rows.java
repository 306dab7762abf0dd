package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stored things, for what judges a row without a store. */
final class Rows {
  static final ResourceKey KEY =
      new ResourceKey("default", Things.TYPE, "web-1", ResourceKey.STATE);

  private Rows() {}

  /** What a create has made, and a read has confirmed. */
  static StoredResource made(@Nullable JsonNode data, @Nullable JsonNode arguments) {
    return present(data, arguments, arguments == null ? null : Json.fingerprint(arguments), true);
  }

  static StoredResource unconfirmed(JsonNode data, JsonNode arguments) {
    return present(data, arguments, Json.fingerprint(arguments), false);
  }

  /** What was imported: nobody knows what it was made with. */
  static StoredResource imported(@Nullable JsonNode data, @Nullable JsonNode arguments) {
    return present(data, arguments, null, true);
  }

  static StoredResource withoutIdentity() {
    return StoredResource.absent(KEY, Json.object(), Instant.EPOCH);
  }

  private static StoredResource present(
      @Nullable JsonNode data,
      @Nullable JsonNode arguments,
      @Nullable String fingerprint,
      boolean confirmed) {
    return new StoredResource(
        KEY,
        ResourceState.PRESENT,
        1,
        1,
        1,
        "t-1",
        "account-1",
        Json.object().put("id", "t-1"),
        data,
        arguments,
        fingerprint,
        confirmed,
        Instant.EPOCH,
        null,
        null,
        1,
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
