package dev.pawl.campaign.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import java.util.Map;

/** What the caller gets. */
public sealed interface Reply {
  /**
   * An answer.
   *
   * @param headers names in lower case
   */
  record Answered(int status, Map<String, String> headers, String body) implements Reply {
    public Answered {
      headers = Map.copyOf(headers);
    }
  }

  /** The connection breaks after the request was read. */
  record Lost() implements Reply {}

  /** The API takes no connection: the request does not reach it. */
  record Unreachable() implements Reply {}

  static Answered json(int status, JsonNode body) {
    return new Answered(status, Map.of("content-type", "application/json"), Json.write(body));
  }

  static Answered says(int status, String message) {
    return json(status, Json.object().put("message", message));
  }

  static Answered html(int status) {
    return new Answered(
        status, Map.of("content-type", "text/html"), "<html><h1>" + status + "</h1></html>");
  }
}
