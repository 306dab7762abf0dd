package dev.pawl.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Secrets;
import dev.pawl.model.Json;
import dev.pawl.model.Utf8;
import dev.pawl.model.http.ApiResponse;
import java.net.URI;
import java.util.Optional;
import java.util.TreeMap;

/** An answer as a step's output: {@code status, url, headers, body} or {@code bodyText}. */
final class Answers {
  /** The largest output, in bytes of its JSON. */
  static final int LIMIT = 1 << 20;

  /** As much of an answer that is too large as is kept. */
  private static final int KEPT = 64 << 10;

  private Answers() {}

  static ObjectNode output(URI shown, ApiResponse response) {
    ObjectNode out = Json.object().put("status", response.status()).put("url", shown.toString());
    ObjectNode headers = out.putObject("headers");
    new TreeMap<>(response.headers())
        .forEach((name, value) -> headers.put(name, Secrets.isSecret(name) ? Secrets.MASK : value));
    Optional<JsonNode> json = response.json();
    if (json.isPresent()) {
      out.set("body", json.get());
    } else if (response.body().length > 0) {
      out.put("bodyText", response.text());
    }
    return out;
  }

  static boolean isTooLarge(ObjectNode output) {
    return Utf8.lengthOfJson(output) > LIMIT;
  }

  /**
   * An output within the limit: what an effect was answered must not be lost because it is long.
   */
  static ObjectNode limited(URI shown, ApiResponse response) {
    ObjectNode out = output(shown, response);
    if (!isTooLarge(out)) {
      return out;
    }
    String text = response.text();
    out.remove("body");
    int end = Math.min(KEPT, text.length());
    // Half a character is none.
    out.put(
        "bodyText",
        text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end));
    return out.put("truncated", true);
  }
}
