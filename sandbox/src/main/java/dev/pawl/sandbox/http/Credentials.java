package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a request carries a credential of the documented kind; which one it is doesn't matter.
 */
final class Credentials {
  private final ApiDocument document;

  Credentials(ApiDocument document) {
    this.document = document;
  }

  /** {@code headers} by lower-case name. */
  boolean suffice(Operation operation, Map<String, String> headers, Map<String, String> query) {
    return operation.security().isEmpty()
        || operation.security().stream().anyMatch(all -> allPresent(all, headers, query));
  }

  private boolean allPresent(
      List<String> schemes, Map<String, String> headers, Map<String, String> query) {
    return schemes.stream().allMatch(scheme -> isPresent(scheme(scheme), headers, query));
  }

  private JsonNode scheme(String name) {
    JsonNode root = document.root();
    JsonNode scheme = root.path("components").path("securitySchemes").path(name);
    return document.resolve(
        scheme.isMissingNode() ? root.path("securityDefinitions").path(name) : scheme);
  }

  private static boolean isPresent(
      JsonNode scheme, Map<String, String> headers, Map<String, String> query) {
    String authorization = headers.getOrDefault("authorization", "").strip();
    String name = scheme.path("name").asText("");
    return switch (scheme.path("type").asText()) {
      case "apiKey" ->
          switch (scheme.path("in").asText()) {
            case "query" -> !query.getOrDefault(name, "").isEmpty();
            case "cookie" -> headers.getOrDefault("cookie", "").contains(name + "=");
            default -> !headers.getOrDefault(name.toLowerCase(Locale.ROOT), "").isEmpty();
          };
      case "basic" -> startsWith(authorization, "basic ");
      case "http" -> startsWith(authorization, scheme.path("scheme").asText() + " ");
      default -> !authorization.isEmpty();
    };
  }

  private static boolean startsWith(String authorization, String scheme) {
    return authorization.length() > scheme.length()
        && authorization.toLowerCase(Locale.ROOT).startsWith(scheme.toLowerCase(Locale.ROOT));
  }
}
