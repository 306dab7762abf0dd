package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.answer.ApiAnswer;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.JsonText;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Where the document's OAuth flows give tokens: any client gets one, good for an hour. */
final class TokenEndpoint {
  private final Set<String> paths = new HashSet<>();

  TokenEndpoint(ApiDocument document) {
    JsonNode root = document.root();
    for (JsonNode schemes :
        new JsonNode[] {
          root.path("components").path("securitySchemes"), root.path("securityDefinitions")
        }) {
      for (JsonNode one : schemes) {
        JsonNode scheme = document.resolve(one);
        add(scheme.path("tokenUrl"));
        scheme.path("flows").forEach(flow -> add(flow.path("tokenUrl")));
      }
    }
  }

  private void add(JsonNode url) {
    try {
      String path = URI.create(url.asText("")).getPath();
      if (path != null && path.length() > 1) {
        paths.add(path);
      }
    } catch (IllegalArgumentException e) {
      // No URL, so nobody asks there.
    }
  }

  /** A token; empty where the request is for something else. */
  Optional<ApiAnswer> answer(String method, String path) {
    return method.equals("POST") && paths.contains(path)
        ? Optional.of(
            new ApiAnswer(
                200,
                "application/json",
                JsonText.object()
                    .put("access_token", "sandbox-" + UUID.randomUUID())
                    .put("token_type", "Bearer")
                    .put("expires_in", 3600),
                Map.of()))
        : Optional.empty();
  }
}
