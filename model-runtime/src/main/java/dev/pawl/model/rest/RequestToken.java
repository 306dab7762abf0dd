package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a create carries its request token, and how it is spelt. The runtime puts it there; it is
 * no argument.
 *
 * @param place where
 * @param name the header, the query parameter, or the body's member
 * @param form how it is spelt
 */
public record RequestToken(Place place, String name, Form form) {
  /** Where a token is sent. */
  public enum Place {
    HEADER,
    QUERY,
    /** A member of the body's object. */
    BODY
  }

  /** How a token is spelt. */
  public enum Form {
    /** {@code pawl-} and 26 letters or digits. */
    TEXT,
    /** A UUID of version 4. */
    UUID
  }

  public RequestToken {
    requireNonNull(place, "place");
    requireNonNull(name, "name");
    requireNonNull(form, "form");
  }

  public static RequestToken header(String name) {
    return new RequestToken(Place.HEADER, name, Form.TEXT);
  }

  public static RequestToken body(String member) {
    return new RequestToken(Place.BODY, member, Form.TEXT);
  }

  /** The token as this API takes it. */
  String spelt(String token) {
    return form == Form.UUID ? Markers.uuid(token) : token;
  }

  /** Puts a token into a request that is being built. */
  void put(String token, RequestBuilder request, @Nullable JsonNode body) {
    switch (place) {
      case HEADER -> request.header(name, token);
      case QUERY -> request.query(name, token);
      case BODY -> {
        if (!(body instanceof ObjectNode members)) {
          throw new IllegalStateException(
              "the request token belongs into the body's '"
                  + name
                  + "', and the body is no object");
        }
        members.put(name, token);
      }
    }
  }
}
