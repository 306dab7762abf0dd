package dev.pawl.sandbox.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A response as documented.
 *
 * @param contentType the media type to answer with; JSON wherever it is offered
 * @param schema empty when the response has no body
 * @param headers the schemas of documented headers by name as written
 */
public record DocumentedResponse(
    int status, String contentType, Optional<JsonNode> schema, Map<String, JsonNode> headers) {

  public DocumentedResponse {
    Objects.requireNonNull(contentType);
    Objects.requireNonNull(schema);
    headers = Map.copyOf(headers);
  }

  static DocumentedResponse bare(int status) {
    return new DocumentedResponse(status, "application/json", Optional.empty(), Map.of());
  }

  public boolean hasHeader(String name) {
    return headers.keySet().stream().anyMatch(header -> header.equalsIgnoreCase(name));
  }
}
