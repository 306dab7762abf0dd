package dev.pawl.sandbox.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An OpenAPI document as a tree, with its local references followed on demand. */
public final class ApiDocument {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "patch", "delete", "head", "options");

  private final String name;
  private final JsonNode root;
  private final Shapes shapes;
  private final List<Operation> operations;

  ApiDocument(String name, JsonNode root) {
    this.name = name;
    this.root = root;
    this.shapes = new Shapes(this);
    this.operations = List.copyOf(readOperations());
  }

  public String name() {
    return name;
  }

  public Shapes shapes() {
    return shapes;
  }

  /** Every operation, in the document's order. */
  public List<Operation> operations() {
    return operations;
  }

  public JsonNode root() {
    return root;
  }

  /** Swagger 2.0, whose requests and responses are written differently. */
  boolean isSwagger() {
    return root.has("swagger");
  }

  /**
   * The path under which the API is served, without a trailing slash; empty when there is none or
   * when it holds variables.
   */
  public String basePath() {
    String path = root.path("basePath").asText("");
    if (path.isEmpty()) {
      path = pathOf(root.path("servers").path(0).path("url").asText(""));
    }
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
  }

  /** That path, and those under which single paths or operations are served. */
  public Set<String> basePaths() {
    Set<String> found = new LinkedHashSet<>(List.of(basePath()));
    for (JsonNode item : root.path("paths")) {
      addServers(resolve(item), found);
      resolve(item).forEach(operation -> addServers(operation, found));
    }
    found.remove("");
    return found;
  }

  private static void addServers(JsonNode owner, Set<String> found) {
    owner
        .path("servers")
        .forEach(server -> found.add(pathOf(server.path("url").asText("")).replaceAll("/+$", "")));
  }

  private static String pathOf(String url) {
    if (url.contains("{")) {
      return "";
    }
    try {
      String path = URI.create(url).getRawPath();
      return path == null ? "" : path;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Follows references until a node that is none; a dangling or circular one is a missing node. */
  public JsonNode resolve(JsonNode node) {
    JsonNode current = node;
    Set<String> seen = new HashSet<>();
    while (current.path("$ref").isTextual()) {
      String reference = current.path("$ref").asText();
      if (!seen.add(reference)) {
        return MissingNode.getInstance();
      }
      current = target(reference);
    }
    return current;
  }

  private JsonNode target(String reference) {
    if (!reference.startsWith("#/")) {
      return MissingNode.getInstance();
    }
    JsonNode current = root;
    for (String raw : reference.substring(2).split("/", -1)) {
      String step = raw.contains("%") ? decode(raw) : raw;
      step = step.replace("~1", "/").replace("~0", "~");
      current = current.isArray() ? current.path(index(step)) : current.path(step);
    }
    return current;
  }

  private static int index(String step) {
    try {
      return Integer.parseInt(step);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String decode(String step) {
    try {
      return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return step;
    }
  }

  private List<Operation> readOperations() {
    List<Operation> found = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(
            path -> {
              JsonNode item = resolve(path.getValue());
              for (Map.Entry<String, JsonNode> entry : item.properties()) {
                if (METHODS.contains(entry.getKey()) && entry.getValue().isObject()) {
                  found.add(
                      OperationReader.read(
                          this, path.getKey(), item, entry.getKey(), entry.getValue()));
                }
              }
            });
    return found;
  }
}
