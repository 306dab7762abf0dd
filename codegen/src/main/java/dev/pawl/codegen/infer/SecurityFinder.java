package dev.pawl.codegen.infer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.model.rest.ApiDescriptor;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import dev.pawl.model.rest.ApiDescriptor.AuthScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds where an API lives and how a credential is presented. */
final class SecurityFinder {
  private final ApiDocument document;

  SecurityFinder(ApiDocument document) {
    this.document = document;
  }

  ApiDescriptor find(String connection) {
    return new ApiDescriptor(connection, baseUrl(), auth());
  }

  private String baseUrl() {
    JsonNode root = document.root();
    String url;
    if (document.isVersion2()) {
      String host = root.path("host").asText("");
      String base = root.path("basePath").asText("");
      String scheme = root.path("schemes").path(0).asText("https");
      url = host.isEmpty() ? "" : scheme + "://" + host + base;
    } else {
      JsonNode server = root.path("servers").path(0);
      url = server.path("url").asText("");
      for (var variable : server.path("variables").properties()) {
        url =
            url.replace(
                "{" + variable.getKey() + "}", variable.getValue().path("default").asText(""));
      }
    }
    String trimmed = url.replaceAll("(?<!/)/+$", "");
    return trimmed.matches("https?://[^\\s{}<>\"]+") ? trimmed : "";
  }

  private Auth auth() {
    JsonNode schemes =
        document.isVersion2()
            ? document.root().path("securityDefinitions")
            : document.root().path("components").path("securitySchemes");
    for (String name : preferred(schemes)) {
      Optional<Auth> auth = auth(document.resolve(schemes.path(name)));
      if (auth.isPresent()) {
        return auth.get();
      }
    }
    return Auth.NONE;
  }

  /** The schemes that the document applies to all of itself, then the others. */
  private List<String> preferred(JsonNode schemes) {
    List<String> out = new ArrayList<>();
    for (JsonNode requirement : document.root().path("security")) {
      requirement.fieldNames().forEachRemaining(out::add);
    }
    schemes.fieldNames().forEachRemaining(out::add);
    return out;
  }

  private static Optional<Auth> auth(JsonNode scheme) {
    String type = scheme.path("type").asText("").toLowerCase(Locale.ROOT);
    String http = scheme.path("scheme").asText("").toLowerCase(Locale.ROOT);
    if (type.equals("basic") || (type.equals("http") && http.equals("basic"))) {
      return Optional.of(Auth.BASIC);
    }
    if (type.equals("http") || type.equals("oauth2") || type.equals("openidconnect")) {
      return Optional.of(Auth.BEARER);
    }
    if (type.equals("apikey")) {
      String in = scheme.path("in").asText("");
      String name = scheme.path("name").asText("");
      if (in.equals("header")) {
        return Optional.of(new Auth(AuthScheme.API_KEY_HEADER, name));
      }
      if (in.equals("query")) {
        return Optional.of(new Auth(AuthScheme.API_KEY_QUERY, name));
      }
    }
    return Optional.empty();
  }
}
