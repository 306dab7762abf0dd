package dev.pawl.codegen.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An OpenAPI Overlay 1.0 document: changes to an API's document that is somebody else's. Actions
 * are carried out in their order; {@code remove} beats {@code update}.
 */
public final class Overlay {
  /** More actions than this are refused. */
  static final int MAX_ACTIONS = 10_000;

  private static final Set<String> KEYS = Set.of("target", "description", "update", "remove");
  private static final Configuration VALUES =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .build();
  private static final Configuration PATHS =
      VALUES.addOptions(Option.AS_PATH_LIST, Option.SUPPRESS_EXCEPTIONS);

  private final Path file;
  private final List<String> warnings = new ArrayList<>();

  private Overlay(Path file) {
    this.file = file;
  }

  /**
   * Changes a document in place.
   *
   * @return what had no effect
   * @throws CodegenException naming the action that is wrong
   */
  public static List<String> apply(Path file, JsonNode document) {
    return new Overlay(file).run(TreeReader.read(file), document);
  }

  private List<String> run(JsonNode overlay, JsonNode document) {
    if (!overlay.path("overlay").asText().startsWith("1.0")) {
      throw new CodegenException(
          file + " is no overlay of version 1.0: it must begin with 'overlay: 1.0.0'");
    }
    JsonNode actions = overlay.path("actions");
    if (!actions.isArray() || actions.isEmpty() || actions.size() > MAX_ACTIONS) {
      throw new CodegenException(
          file + ": 'actions' must be a list of 1 to " + MAX_ACTIONS + " actions");
    }
    for (int i = 0; i < actions.size(); i++) {
      action(actions.get(i), file + ": actions[" + i + "]", document);
    }
    return warnings;
  }

  private void action(JsonNode action, String place, JsonNode document) {
    for (Map.Entry<String, JsonNode> member : action.properties()) {
      if (!KEYS.contains(member.getKey()) && !member.getKey().startsWith("x-")) {
        throw new CodegenException(
            place + ": unknown key '" + member.getKey() + "'; an action has " + KEYS);
      }
    }
    String target = action.path("target").asText("");
    boolean remove = action.path("remove").asBoolean();
    if (target.isEmpty() || (!remove && !action.has("update"))) {
      throw new CodegenException(place + " needs 'target', and 'update' or 'remove: true'");
    }
    List<String> found = find(target, place, document);
    if (found.isEmpty()) {
      warnings.add(place + ": nothing is at " + target);
    }
    DocumentContext context = JsonPath.using(VALUES).parse(document);
    // From the end, so that what is removed from a list moves nothing that is still to come.
    for (int i = found.size() - 1; i >= 0; i--) {
      if (remove) {
        context.delete(found.get(i));
      } else {
        update(context.read(found.get(i)), action.get("update"), place, found.get(i));
      }
    }
  }

  private static List<String> find(String target, String place, JsonNode document) {
    try {
      List<String> out = new ArrayList<>();
      JsonNode paths = JsonPath.using(PATHS).parse(document).read(target);
      if (paths != null) {
        paths.forEach(p -> out.add(p.asText()));
      }
      return out;
    } catch (JsonPathException | IllegalArgumentException e) {
      throw new CodegenException(place + ": '" + target + "' is no JSONPath: " + e.getMessage(), e);
    }
  }

  private static void update(JsonNode at, JsonNode change, String place, String path) {
    if (at instanceof ArrayNode list) {
      list.add(change.deepCopy());
    } else if (at instanceof ObjectNode object && change.isObject()) {
      merge(object, change);
    } else {
      throw new CodegenException(
          place + ": " + path + " is neither an object nor a list; target what holds it");
    }
  }

  private static void merge(ObjectNode into, JsonNode change) {
    for (Map.Entry<String, JsonNode> member : change.properties()) {
      JsonNode there = into.get(member.getKey());
      if (there instanceof ObjectNode inner && member.getValue().isObject()) {
        merge(inner, member.getValue());
      } else if (there instanceof ArrayNode list && member.getValue().isArray()) {
        member.getValue().forEach(v -> list.add(v.deepCopy()));
      } else {
        into.set(member.getKey(), member.getValue().deepCopy());
      }
    }
  }
}
