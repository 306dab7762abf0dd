package dev.pawl.campaign.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it reaches the API.
 *
 * @param method HTTP method
 * @param path without query
 * @param query decoded, the last value of each
 * @param token the {@code Idempotency-Key} header; null where there is none
 * @param body UTF-8 text; empty for none
 */
public record Call(
    String method, String path, Map<String, String> query, @Nullable String token, String body) {
  public Call {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    query = Map.copyOf(query);
    requireNonNull(body, "body");
  }
}
