package dev.pawl.sandbox.answer;

import dev.pawl.sandbox.document.PathTemplate;
import dev.pawl.sandbox.inference.Anchor;
import dev.pawl.sandbox.inference.Catalog;
import dev.pawl.sandbox.inference.Meaning;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.inference.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the path at which a new resource can be read, with its real keys in it. */
final class ItemPathFinder {
  private final Catalog catalog;

  ItemPathFinder(Catalog catalog) {
    this.catalog = catalog;
  }

  String pathOf(ApiRequest request, ResourceKind kind, String key, Map<String, String> anchors) {
    String base = base(request);
    return catalog.routes().stream()
        .filter(route -> shows(route, kind) && canFill(route, anchors))
        .max(Comparator.comparingInt(route -> rank(route, request)))
        .map(route -> base + fill(route, key, anchors))
        .orElseGet(() -> withoutSlash(request.path()) + "/" + encode(key));
  }

  /** What the request's path has in front of the documented one. */
  private static String base(ApiRequest request) {
    int documented = countParts(request.route().operation().path().text());
    String[] sent = request.path().split("/", -1);
    StringBuilder base = new StringBuilder();
    int extra = countParts(request.path()) - documented;
    for (int i = 1; i <= extra && i < sent.length; i++) {
      base.append('/').append(sent[i]);
    }
    return base.toString();
  }

  private static int countParts(String path) {
    return PathTemplate.parts(path).size();
  }

  private static boolean shows(Route route, ResourceKind kind) {
    return switch (route.meaning()) {
          case Meaning.Read read -> read.kind().equals(kind);
          case Meaning.Update update -> update.kind().equals(kind);
          case Meaning.Delete delete -> delete.kind().equals(kind);
          default -> false;
        }
        && route.keyParameter().isPresent();
  }

  private static boolean canFill(Route route, Map<String, String> anchors) {
    return route.anchors().stream().allMatch(anchor -> anchors.containsKey(anchor.kind()));
  }

  /** Readable paths first, then those right under the collection that was posted to. */
  private static int rank(Route route, ApiRequest request) {
    String path = route.operation().path().text();
    String posted = request.route().operation().path().text().replaceAll("\\.json$", "");
    int rank = route.meaning() instanceof Meaning.Read ? 4 : 0;
    return path.startsWith(posted + "/") ? rank + 2 : rank;
  }

  private static String fill(Route route, String key, Map<String, String> anchors) {
    Map<String, String> values = new HashMap<>();
    for (Anchor anchor : route.anchors()) {
      values.put(anchor.parameter(), String.valueOf(anchors.get(anchor.kind())));
    }
    values.put(route.keyParameter().orElseThrow(), key);
    String path = route.operation().path().text();
    for (Map.Entry<String, String> value : values.entrySet()) {
      path = path.replace("{" + value.getKey() + "}", encode(value.getValue()));
    }
    return path;
  }

  private static String encode(String value) {
    return Optional.of(URLEncoder.encode(value, StandardCharsets.UTF_8))
        .map(encoded -> encoded.replace("+", "%20").replace("%3A", ":"))
        .get();
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
