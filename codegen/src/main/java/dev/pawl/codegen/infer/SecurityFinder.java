package dev.pawl.codegen.infer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.model.rest.ApiDescriptor;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import dev.pawl.model.rest.ApiDescriptor.AuthScheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds where an API lives and how a credential is presented. */
final class SecurityFinder {
  /** Ways of HTTP to sign in that take more than one header. */
  private static final Set<String> HANDSHAKES =
      Set.of("digest", "hoba", "mutual", "negotiate", "ntlm", "scram-sha-1", "scram-sha-256");

  private final ApiDocument document;
  private final List<String> warnings = new ArrayList<>();

  SecurityFinder(ApiDocument document) {
    this.document = document;
  }

  /**
   * Finds.
   *
   * @param given parameters that the connection gives
   */
  ApiDescriptor find(String connection, Set<String> given) {
    String baseUrl = document.servers().base();
    Map<String, String> params = DefaultParameters.of(document.operations());
    params.keySet().removeAll(given);
    return new ApiDescriptor(connection, baseUrl, auth(baseUrl), params, given);
  }

  /** What a person should know of how a credential is presented; after {@link #find}. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  private Auth auth(String baseUrl) {
    JsonNode schemes =
        document.isVersion2()
            ? document.root().path("securityDefinitions")
            : document.root().path("components").path("securitySchemes");
    List<Requirement> wanted = requirements(schemes);
    for (Requirement requirement : wanted) {
      Optional<Auth> auth =
          auth(document.resolve(schemes.path(requirement.scheme())), requirement.scopes(), baseUrl);
      if (auth.isPresent()) {
        warnOf(requirement);
        return auth.get();
      }
    }
    if (!wanted.isEmpty()) {
      warnings.add(
          "a credential would be sent as a Bearer token: "
              + wanted.get(0).scheme()
              + " is a way to sign in that no connection has");
    }
    return Auth.NONE;
  }

  private void warnOf(Requirement taken) {
    if (!taken.together().isEmpty()) {
      warnings.add(
          "requests need "
              + taken.scheme()
              + " together with "
              + String.join(", ", taken.together())
              + "; a connection sends only the first: give the others as headers in the overrides"
              + " where they are no secret");
    }
  }

  /**
   * A scheme that requests need.
   *
   * @param together what they need beside it
   */
  private record Requirement(String scheme, List<String> scopes, Set<String> together) {}

  /**
   * What the document applies to all of itself; where it says nothing of all, what most operations
   * need; then the others. A requirement of one scheme comes before those of several.
   */
  private List<Requirement> requirements(JsonNode schemes) {
    List<Requirement> out = new ArrayList<>(of(document.root().path("security")));
    if (out.isEmpty()) {
      Map<Requirement, Integer> uses = new LinkedHashMap<>();
      for (JsonNode item : document.root().path("paths")) {
        for (JsonNode operation : document.resolve(item)) {
          of(operation.path("security")).forEach(r -> uses.merge(r, 1, Integer::sum));
        }
      }
      uses.entrySet().stream()
          .sorted(Map.Entry.<Requirement, Integer>comparingByValue().reversed())
          .forEach(e -> out.add(e.getKey()));
    }
    out.sort(Comparator.comparing(r -> !r.together().isEmpty()));
    schemes.fieldNames().forEachRemaining(n -> out.add(new Requirement(n, List.of(), Set.of())));
    return out;
  }

  private static List<Requirement> of(JsonNode alternatives) {
    List<Requirement> out = new ArrayList<>();
    for (JsonNode all : alternatives) {
      for (var one : all.properties()) {
        Set<String> together = new TreeSet<>();
        all.fieldNames().forEachRemaining(together::add);
        together.remove(one.getKey());
        List<String> scopes = new ArrayList<>();
        one.getValue().forEach(s -> scopes.add(s.asText()));
        out.add(new Requirement(one.getKey(), scopes, together));
      }
    }
    return out;
  }

  private static Optional<Auth> auth(JsonNode scheme, List<String> scopes, String baseUrl) {
    String type = scheme.path("type").asText("").toLowerCase(Locale.ROOT);
    String http = scheme.path("scheme").asText("").toLowerCase(Locale.ROOT);
    if (type.equals("basic") || (type.equals("http") && http.equals("basic"))) {
      return Optional.of(Auth.BASIC);
    }
    if (type.equals("oauth2")) {
      return Optional.of(oauth2(scheme, scopes, baseUrl).orElse(Auth.BEARER));
    }
    if (type.equals("openidconnect") || (type.equals("http") && !HANDSHAKES.contains(http))) {
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

  /** Tokens for a client of its own; other flows need a person, whose token is given ready-made. */
  private static Optional<Auth> oauth2(JsonNode scheme, List<String> scopes, String baseUrl) {
    boolean version2 = scheme.path("flow").asText("").equals("application");
    JsonNode flow = version2 ? scheme : scheme.path("flows").path("clientCredentials");
    String url = flow.path("tokenUrl").asText("");
    if (!url.matches("(https?:/)?/[^\\s{}<>\"]+")) {
      return Optional.empty();
    }
    List<String> known = scopes.stream().filter(flow.path("scopes")::has).toList();
    String origin = baseUrl.replaceFirst("^(https?://[^/]+).*$", "$1");
    String own =
        !origin.isEmpty() && url.startsWith(origin + "/") ? url.substring(origin.length()) : url;
    // A secret is not sent in the clear.
    return own.startsWith("http://")
        ? Optional.empty()
        : Optional.of(new Auth(AuthScheme.OAUTH2, own, known));
  }
}
