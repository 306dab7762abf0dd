package dev.pawl.model.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, without credentials: the connection adds those.
 *
 * @param method HTTP method
 * @param uri absolute
 * @param headers without credentials
 * @param body UTF-8 bytes; null for none
 * @param timeout for the whole exchange, connecting included
 */
@SuppressWarnings("ArrayRecordComponent") // bytes, handed on and never compared
public record ApiRequest(
    String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration timeout) {
  public ApiRequest {
    requireNonNull(method, "method");
    requireNonNull(uri, "uri");
    headers = Map.copyOf(headers);
    requireNonNull(timeout, "timeout");
  }

  /** Method and path, as messages name a request; the query is left out. */
  public String describe() {
    return method + " " + uri.getRawPath();
  }
}
