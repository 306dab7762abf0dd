package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.data.StoredResource;

/**
 * What an update sends. A PATCH sends what it was given. A PUT replaces the whole, so what it was
 * not given is filled from the object as it is shown, or from what it was made with where the API
 * shows it otherwise than it takes it; else the API would wipe it.
 */
final class CompleteUpdate {
  private final RestResource resource;
  private final RestMethod method;
  private final StoredResource row;

  CompleteUpdate(RestResource resource, RestMethod method, StoredResource row) {
    this.resource = resource;
    this.method = method;
    this.row = row;
  }

  /** Whether the object must be read first. */
  boolean needsCurrent() {
    Operation.Body body = method.operation().body();
    return method.operation().method().equals("PUT")
        && (body == Operation.Body.JSON || body == Operation.Body.FORM);
  }

  ObjectNode of(ObjectNode given, JsonNode shown, String installationId) {
    ObjectNode out = given.deepCopy();
    JsonNode made = row.arguments() == null ? Json.object() : row.arguments();
    if (needsCurrent()) {
      for (var taken : method.descriptor().argumentsSchema().path("properties").properties()) {
        String name = taken.getKey();
        if (out.has(name) || isParameter(name)) {
          continue;
        }
        if (fits(shown.path(name), taken.getValue(), made.path(name))) {
          out.set(name, shown.get(name));
        } else if (made.hasNonNull(name)) {
          out.set(name, made.get(name));
        }
      }
    }
    keepMarker(out, installationId);
    return out;
  }

  private boolean isParameter(String name) {
    return method.operation().parameters().stream().anyMatch(p -> p.takes(name));
  }

  /** Whether a shown value can be sent back: it has the type that is taken, or was sent before. */
  private static boolean fits(JsonNode shown, JsonNode schema, JsonNode made) {
    if (shown.isMissingNode() || shown.isNull()) {
      return false;
    }
    JsonNode type = schema.path("type");
    boolean typed = isType(shown, type.asText());
    for (JsonNode one : type) {
      typed |= isType(shown, one.asText());
    }
    return typed || (type.isMissingNode() && made.getNodeType() == shown.getNodeType());
  }

  private static boolean isType(JsonNode value, String type) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> false;
    };
  }

  /**
   * The mark by which the object is known again lies among its tags, which this would replace; a
   * map's members a PATCH leaves where they are.
   */
  private void keepMarker(ObjectNode out, String installationId) {
    if (resource.reconcile().withoutToken() instanceof Reconcile.Marker place
        && (needsCurrent() || out.path(place.field().substring(1)).isArray())
        && out.has(place.field().substring(1))) {
      Markers.stamp(out, place, Markers.marker(installationId, row.key(), row.incarnation()));
    }
  }
}
