package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.http.ApiResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Finds and joins the values that name one object of an API. */
final class Identities {
  /** Where APIs say what watches over the making. */
  private static final List<String> OPERATION_HEADERS =
      List.of("operation-location", "azure-asyncoperation", "location");

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
    String location = response.header("location").orElse("");
    for (IdentityPart part : resource.identity()) {
      switch (part.source()) {
        case REQUEST -> {}
        case RESPONSE -> put(out, part, body.at(part.pointer()));
        case LOCATION -> {
          // A 202 may point at what watches over the making instead of at what is made.
          if (response.status() != 202 || pointsAt(resource.get(), location)) {
            putLocation(out, part, location);
          }
        }
        case OPERATION -> {
          if (resource.operation() != null) {
            put(out, part, body.at(resource.operation().answerPointer() + part.pointer()));
          }
          if (!out.has(part.parameter()) && pointsAt(resource.get(), location)) {
            putLocation(out, part, location);
          }
        }
      }
    }
    return isWhole(resource, out) ? Optional.of(out) : Optional.empty();
  }

  /** The whole identity after an operation has ended well; empty when it does not say it. */
  static Optional<ObjectNode> fromOperation(
      RestResource resource, ObjectNode known, AwaitOperation.Ended.Well ended) {
    ObjectNode out = known.deepCopy();
    for (IdentityPart part : resource.identity()) {
      if (part.source() == IdentityPart.Source.OPERATION) {
        put(out, part, ended.operation().at(part.pointer()));
      }
      if (part.source() != IdentityPart.Source.REQUEST && !out.has(part.parameter())) {
        if (pointsAt(resource.get(), ended.location())) {
          putLocation(out, part, ended.location());
        }
      }
    }
    return isWhole(resource, out) ? Optional.of(out) : Optional.empty();
  }

  /** What names the operation that an answer has begun; empty where it has begun none. */
  static Optional<ObjectNode> ofOperation(
      RestResource resource, ObjectNode arguments, ApiResponse response) {
    BegunOperation operation = resource.operation();
    if (operation == null) {
      return Optional.empty();
    }
    ObjectNode out = Json.object();
    JsonNode answer = response.json().orElse(Json.object());
    JsonNode body = answer.at(operation.answerPointer());
    for (IdentityPart part : operation.identity()) {
      switch (part.source()) {
        case REQUEST -> put(out, part, arguments.at(part.pointer()));
        case RESPONSE -> put(out, part, answer.at(part.pointer()));
        case OPERATION -> put(out, part, body.at(part.pointer()));
        case LOCATION ->
            OPERATION_HEADERS.stream()
                .flatMap(h -> response.header(h).stream())
                .filter(l -> pointsAt(operation.get(), l))
                .findFirst()
                .ifPresent(l -> putLocation(out, part, l));
      }
    }
    boolean whole = operation.identity().stream().allMatch(p -> out.has(p.parameter()));
    return whole ? Optional.of(out) : Optional.empty();
  }

  /** Whether a location is in the collection that an item path is in. */
  private static boolean pointsAt(@Nullable Operation item, String location) {
    if (item == null) {
      return !location.isEmpty();
    }
    List<String> path = List.of(item.path().split("/"));
    int own = path.size() - 1;
    while (own > 0 && !path.get(own).contains("{")) {
      own--;
    }
    List<String> segments = List.of(plainPath(location).split("/"));
    return own > 0
        && segments.size() > 1
        && segments.get(segments.size() - 2).equalsIgnoreCase(path.get(own - 1));
  }

  private static void putLocation(ObjectNode out, IdentityPart part, String location) {
    if (!location.isEmpty()) {
      out.put(part.parameter(), lastSegment(location));
    }
  }

  /** The whole identity of a listed item; empty when its key cannot be read. */
  static Optional<ObjectNode> ofItem(
      RestResource resource, Listing listing, ObjectNode known, JsonNode item) {
    if (resource.identity().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode out = known.deepCopy();
    IdentityPart own = resource.identity().get(resource.identity().size() - 1);
    out.remove(own.parameter());
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
    String path = plainPath(location);
    String last = path.substring(path.lastIndexOf('/') + 1);
    return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String plainPath(String location) {
    return location.replaceAll("[?#].*$", "").replaceAll("/+$", "");
  }
}
