package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.sandbox.document.DocumentedResponse;
import java.util.Map;
import java.util.Objects;

/**
 * An answer to be sent.
 *
 * @param body missing for none; text is sent bare unless the content type is JSON
 */
public record ApiAnswer(
    int status, String contentType, JsonNode body, Map<String, String> headers) {
  public ApiAnswer {
    Objects.requireNonNull(contentType);
    Objects.requireNonNull(body);
    headers = Map.copyOf(headers);
  }

  static ApiAnswer of(DocumentedResponse documented, JsonNode body) {
    return new ApiAnswer(documented.status(), documented.contentType(), body, Map.of());
  }

  static ApiAnswer empty(int status) {
    return new ApiAnswer(status, "application/json", MissingNode.getInstance(), Map.of());
  }

  ApiAnswer with(Map<String, String> moreHeaders) {
    return new ApiAnswer(status, contentType, body, moreHeaders);
  }
}
