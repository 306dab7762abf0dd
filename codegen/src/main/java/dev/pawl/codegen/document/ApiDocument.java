package dev.pawl.codegen.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An OpenAPI document of version 2.0, 3.0 or 3.1, seen alike. */
public final class ApiDocument {
  private final JsonNode root;
  private final Refs refs;
  private final Map<JsonNode, Schema> schemas = new IdentityHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final Servers servers;
  private final List<ApiOperation> operations;

  private ApiDocument(JsonNode root) {
    this.root = root;
    this.refs = new Refs(root);
    this.servers = new Servers(root);
    this.operations = List.copyOf(new OperationReader(this).readAll());
  }

  /**
   * Reads a file.
   *
   * @throws CodegenException when it cannot be read or is no OpenAPI document
   */
  public static ApiDocument read(Path file) {
    return of(file.toString(), TreeReader.read(file));
  }

  /**
   * Views a tree.
   *
   * @throws CodegenException when it is no OpenAPI document
   */
  public static ApiDocument of(String name, JsonNode root) {
    String version = root.path("openapi").asText(root.path("swagger").asText(""));
    if (!version.startsWith("3.") && !version.startsWith("2")) {
      throw new CodegenException(
          name
              + " is not an OpenAPI document: "
              + (version.isEmpty()
                  ? "it has neither 'openapi' nor 'swagger' at its top"
                  : "its version is '" + version + "'")
              + "; give one of version 2.0, 3.0 or 3.1");
    }
    if (!root.path("paths").isObject()) {
      throw new CodegenException(
          name + " has no 'paths' object; there is nothing to generate models from");
    }
    return new ApiDocument(root);
  }

  /** All operations, sorted by path and method, whatever their order in the document. */
  public List<ApiOperation> operations() {
    return operations;
  }

  /** Where the API lives. */
  public Servers servers() {
    return servers;
  }

  /** The document's tree. */
  public JsonNode root() {
    return root;
  }

  public boolean isVersion2() {
    return root.has("swagger");
  }

  /** The view of a schema node, its reference followed. */
  public Schema schema(JsonNode node) {
    JsonNode target = refs.resolve(node);
    Schema known = schemas.get(target);
    if (known == null) {
      known = new Schema(this, target);
      schemas.put(target, known);
    }
    return known;
  }

  /** Named schemas that have {@code base} among their parts, at any depth, sorted by name. */
  Map<String, Schema> heirs(Schema base) {
    Map<String, Schema> out = new TreeMap<>();
    named()
        .forEach(
            (name, schema) -> {
              if (schema != base && hasPart(schema, base, new HashSet<>())) {
                out.put(name, schema);
              }
            });
    return out;
  }

  private static boolean hasPart(Schema schema, Schema base, Set<Schema> seen) {
    return seen.add(schema)
        && schema.parts().stream().anyMatch(p -> p == base || hasPart(p, base, seen));
  }

  private Map<String, Schema> named() {
    Map<String, Schema> out = new TreeMap<>();
    JsonNode all =
        isVersion2() ? root.path("definitions") : root.path("components").path("schemas");
    all.properties().forEach(e -> out.put(e.getKey(), schema(e.getValue())));
    return out;
  }

  /** A node with its references followed. */
  public JsonNode resolve(JsonNode node) {
    return refs.resolve(node);
  }

  /** What is wrong with the document and was passed over. Grows while the document is read. */
  public List<String> warnings() {
    List<String> out = new ArrayList<>(warnings);
    refs.dangling().forEach(r -> out.add("dangling reference " + r + ", taken for 'anything'"));
    return out;
  }

  /** Adds to {@link #warnings}. */
  public void warn(String message) {
    warnings.add(message);
  }
}
