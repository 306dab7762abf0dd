package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.http.ApiResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

/** Finds and joins the values that name one object of an API. */
final class Identities {
  private Identities() {}

  /** The parts known before the send: parents, and keys that the client chose. */
  static ObjectNode beforeSend(RestResource resource, ObjectNode arguments) {
    ObjectNode out = Json.object();
    for (IdentityPart part : resource.identity()) {
      if (part.source() == IdentityPart.Source.REQUEST) {
        put(out, part, arguments.at(part.pointer()));
      }
    }
    return out;
  }

  /** The whole identity after an answer; empty when a part of it cannot be read. */
  static Optional<ObjectNode> fromAnswer(
      RestResource resource, ObjectNode known, ApiResponse response) {
    ObjectNode out = known.deepCopy();
    JsonNode body = response.json().orElse(Json.object());
    for (IdentityPart part : resource.identity()) {
      switch (part.source()) {
        case REQUEST -> {}
        case RESPONSE -> put(out, part, body.at(part.pointer()));
        case LOCATION ->
            response.header("location").ifPresent(l -> out.put(part.parameter(), lastSegment(l)));
      }
    }
    return isWhole(resource, out) ? Optional.of(out) : Optional.empty();
  }

  /** The whole identity of a listed item; empty when its key cannot be read. */
  static Optional<ObjectNode> ofItem(
      RestResource resource, Listing listing, ObjectNode known, JsonNode item) {
    if (resource.identity().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode out = known.deepCopy();
    IdentityPart own = resource.identity().get(resource.identity().size() - 1);
    put(out, own, item.at(listing.keyPointer()));
    return isWhole(resource, out) ? Optional.of(out) : Optional.empty();
  }

  /** Whether every part has a value. */
  static boolean isWhole(RestResource resource, ObjectNode identity) {
    return resource.identityParameters().stream().allMatch(identity::has);
  }

  /** The external id: the parts' values in path order, joined with {@code ;}. */
  static String externalId(RestResource resource, ObjectNode identity) {
    StringJoiner joined = new StringJoiner(";");
    resource.identityParameters().forEach(p -> joined.add(identity.path(p).asText()));
    return joined.toString();
  }

  private static void put(ObjectNode out, IdentityPart part, JsonNode value) {
    if (value.isValueNode() && !value.isNull() && !value.isMissingNode()) {
      String text = part.value().of(value.asText());
      if (!text.isEmpty()) {
        out.put(part.parameter(), text);
      }
    }
  }

  private static String lastSegment(String location) {
    String path = location.replaceAll("[?#].*$", "").replaceAll("/+$", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
