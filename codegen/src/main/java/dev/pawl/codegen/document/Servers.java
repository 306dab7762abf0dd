package dev.pawl.codegen.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where a document says that its operations live, variables replaced by their defaults. */
public final class Servers {
  /** Hosts under these belong to whoever rents them. */
  private static final List<String> RENTED =
      List.of(
          "amazonaws.com",
          "azurewebsites.net",
          "cloudfront.net",
          "appspot.com",
          "herokuapp.com",
          "vercel.app",
          "workers.dev",
          "github.io");

  private final JsonNode root;
  private final List<String> warnings = new ArrayList<>();
  private final Set<String> elsewhere = new TreeSet<>();
  private final String base;

  Servers(JsonNode root) {
    this.root = root;
    this.base = root.has("swagger") ? version2() : version3();
  }

  /** The API's base URL, without a trailing slash; empty where the document names none. */
  public String base() {
    return base;
  }

  /** What was taken where the document leaves a choice. */
  public List<String> warnings() {
    List<String> out = new ArrayList<>(warnings);
    elsewhere.forEach(
        url ->
            out.add(
                "operations that live on "
                    + url
                    + " are sent to the connection's URL all the same: the API's credential must"
                    + " not go to a host that is not plainly its owner's; generate them apart, with"
                    + " a connection to there"));
    return out;
  }

  /**
   * The base of an operation; empty where it is the API's, or somebody else's, to whom the
   * credential must not be sent.
   */
  String of(JsonNode item, JsonNode operation) {
    JsonNode own = operation.path("servers").path(0);
    String url = url(own.isMissingNode() ? item.path("servers").path(0) : own);
    String absolute = url.startsWith("/") && !base.isEmpty() ? origin(base) + url : url;
    if (absolute.equals(base) || !isWeb(absolute)) {
      return "";
    }
    if (!base.isEmpty() && !sameOwner(base, absolute)) {
      elsewhere.add(absolute);
      return "";
    }
    return absolute;
  }

  /**
   * Whether two URLs are of one owner, so that a credential for one may be sent to the other: the
   * hosts end alike in more than what many owners share.
   */
  public static boolean sameOwner(String a, String b) {
    String left = host(a);
    String right = host(b);
    if (left.equals(right)) {
      return true;
    }
    String[] l = left.split("\\.");
    String[] r = right.split("\\.");
    List<String> shared = new ArrayList<>();
    for (int i = 1; i <= Math.min(l.length, r.length); i++) {
      if (!l[l.length - i].equals(r[r.length - i])) {
        break;
      }
      shared.add(0, l[l.length - i]);
    }
    boolean numeric = left.matches("[0-9.]+");
    return !numeric
        && shared.size() >= 2
        && (shared.size() > 2 || shared.get(0).length() > 3)
        && !RENTED.contains(String.join(".", shared));
  }

  private String version2() {
    String host = root.path("host").asText("");
    String scheme = root.path("schemes").path(0).asText("https");
    for (JsonNode other : root.path("schemes")) {
      scheme = other.asText().equals("https") ? "https" : scheme;
    }
    return host.isEmpty()
        ? ""
        : web(trimmed(scheme + "://" + host + root.path("basePath").asText("")));
  }

  private String version3() {
    JsonNode servers = root.path("servers");
    if (servers.path(0).isMissingNode()) {
      return commonest();
    }
    String first = web(url(servers.path(0)));
    List<String> others = new ArrayList<>();
    servers.forEach(s -> others.add(url(s)));
    others.removeIf(o -> o.equals(first) || !isWeb(o));
    if (!first.isEmpty() && !others.isEmpty()) {
      warnings.add(
          "of several servers, "
              + first
              + " was taken; a connection's URL chooses another, such as "
              + others.get(0));
    }
    for (var variable : servers.path(0).path("variables").properties()) {
      if (servers.path(0).path("url").asText("").contains("{" + variable.getKey() + "}")) {
        warnings.add(
            "the server's {"
                + variable.getKey()
                + "} was taken for '"
                + variable.getValue().path("default").asText("")
                + "'; a connection's URL says another");
      }
    }
    return first;
  }

  /** Where only paths or operations have servers, that of most. */
  private String commonest() {
    Map<String, Integer> uses = new TreeMap<>();
    for (JsonNode item : root.path("paths")) {
      List<JsonNode> owners = new ArrayList<>(List.of(item));
      item.forEach(owners::add);
      for (JsonNode owner : owners) {
        String url = url(owner.path("servers").path(0));
        if (isWeb(url)) {
          uses.merge(url, 1, Integer::sum);
        }
      }
    }
    return uses.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static String url(JsonNode server) {
    String url = server.path("url").asText("");
    for (var variable : server.path("variables").properties()) {
      url =
          url.replace(
              "{" + variable.getKey() + "}", variable.getValue().path("default").asText(""));
    }
    return trimmed(url);
  }

  private static String trimmed(String url) {
    return url.replaceAll("(?<!/)/+$", "");
  }

  private static String web(String url) {
    return isWeb(url) ? url : "";
  }

  private static boolean isWeb(String url) {
    if (!url.matches("https?://[^\\s{}<>\"]+")) {
      return false;
    }
    try {
      return URI.create(url).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String origin(String url) {
    return url.replaceFirst("^(https?://[^/]+).*$", "$1");
  }

  private static String host(String url) {
    return url.replaceFirst("^https?://([^/:?#]+).*$", "$1").toLowerCase(java.util.Locale.ROOT);
  }
}
