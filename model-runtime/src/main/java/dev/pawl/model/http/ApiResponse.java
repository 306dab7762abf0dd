package dev.pawl.model.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer read to its end.
 *
 * @param status HTTP status
 * @param headers names in lower case, the last value of each
 * @param body as received
 */
@SuppressWarnings("ArrayRecordComponent") // bytes, handed on and never compared
public record ApiResponse(int status, Map<String, String> headers, byte[] body) {
  public ApiResponse {
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether the body is declared to be JSON of any kind. */
  public boolean isJson() {
    return header("content-type")
        .map(t -> t.toLowerCase(Locale.ROOT))
        .filter(t -> t.contains("/json") || t.contains("+json"))
        .isPresent();
  }

  /** The body as JSON; empty when it is none, whatever the content type says. */
  public Optional<JsonNode> json() {
    if (body.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(text()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** {@code Retry-After} in seconds, where the API gave it so. */
  public Optional<Duration> retryAfter() {
    return header("retry-after")
        .filter(v -> v.matches("\\d{1,6}"))
        .map(v -> Duration.ofSeconds(Long.parseLong(v)));
  }
}
