package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.inference.Names;
import dev.pawl.sandbox.inference.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a request says about a thing: the fields of its body, of its query and of its path. */
final class Source {
  /** Parameters by these names speak of the item above, not of the one in the body. */
  private static final Set<String> COMMON = Set.of("id", "uuid", "guid", "sid", "name", "token");

  private final Views views;

  Source(Views views) {
    this.views = views;
  }

  ObjectNode of(ApiRequest request, ResourceKind kind) {
    ObjectNode source = JsonText.object();
    request
        .parameters()
        .forEach(
            (name, value) -> {
              if (!COMMON.contains(Names.plain(name))) {
                source.put(name, value);
              }
            });
    JsonNode fields = unwrapped(request.body(), kind);
    fields.properties().forEach(field -> source.set(field.getKey(), field.getValue()));
    for (Operation.Parameter parameter : request.route().operation().queryParameters()) {
      String value = request.query().get(parameter.name());
      if (value != null && !source.has(parameter.name())) {
        source.put(parameter.name(), value);
      }
    }
    addOtherNames(source, kind);
    nestWhole(request, kind, fields, source);
    return source;
  }

  /** {@code {"droplet": {…}}} says the same as what is in it. */
  private static JsonNode unwrapped(JsonNode body, ResourceKind kind) {
    if (body.isObject() && body.size() == 1) {
      Map.Entry<String, JsonNode> only = body.properties().iterator().next();
      if (only.getValue().isObject() && Names.sameNoun(only.getKey(), kind.noun())) {
        return only.getValue();
      }
    }
    return body;
  }

  /** {@code project_name} of a project is its name; the {@code size} of a request may be a slug. */
  private static void addOtherNames(ObjectNode source, ResourceKind kind) {
    String noun = Names.stem(kind.noun());
    for (Map.Entry<String, JsonNode> field : List.copyOf(source.properties())) {
      if (!field.getValue().isValueNode()) {
        continue;
      }
      String name = field.getKey();
      int cut = Math.max(name.indexOf('_'), name.indexOf('-'));
      if (cut > 0 && Names.stem(name.substring(0, cut)).equals(noun)) {
        putIfAbsent(source, name.substring(cut + 1), field.getValue());
      }
      putIfAbsent(source, name + "_slug", field.getValue());
    }
  }

  private static void putIfAbsent(ObjectNode source, String name, JsonNode value) {
    if (!name.equals("id") && !source.has(name)) {
      source.set(name, value);
    }
  }

  /**
   * Where an item holds a field with the very schema of the request, the request goes there whole.
   */
  private void nestWhole(
      ApiRequest request, ResourceKind kind, JsonNode fields, ObjectNode source) {
    request
        .route()
        .operation()
        .body()
        .ifPresent(
            body -> {
              Shape sent = views.shapes().of(body.schema());
              for (View view : views.of(kind)) {
                view.item()
                    .properties()
                    .forEach(
                        (name, schema) -> {
                          if (!source.has(name)
                              && views.shapes().of(schema).sharesReference(sent)) {
                            source.set(name, fields);
                          }
                        });
              }
            });
  }
}
