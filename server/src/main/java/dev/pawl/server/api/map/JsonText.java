package dev.pawl.server.api.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Utf8;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.LimitExceeded;
import org.jspecify.annotations.Nullable;

/** JSON as it travels: as text, so that numbers keep their digits. */
public final class JsonText {
  /** The largest text, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1 << 20;

  private JsonText() {}

  /** A text that must hold one object; empty means {@code {}}. */
  public static ObjectNode object(String field, String text) {
    if (text.isEmpty()) {
      return Json.object();
    }
    if (value(field, text) instanceof ObjectNode object) {
      return object;
    }
    throw ServerFailure.invalidField(field, "must be a JSON object, as {\"region\": \"nyc3\"}");
  }

  /** A text that must hold one value, whichever. */
  public static JsonNode value(String field, String text) {
    if (text.isEmpty()) {
      throw ServerFailure.invalidField(field, "is required: a JSON value");
    }
    sized(field, text);
    try {
      JsonNode value = Json.parse(text);
      if (value.isMissingNode()) {
        throw ServerFailure.invalidField(field, "is blank; a JSON value was expected");
      }
      return value;
    } catch (IllegalArgumentException e) {
      throw ServerFailure.invalidField(field, String.valueOf(e.getMessage()));
    }
  }

  /** A text within the limit. */
  public static String sized(String field, String text) {
    long bytes = Utf8.length(text);
    if (bytes > MAX_BYTES) {
      throw new LimitExceeded(
          field + " size " + MAX_BYTES,
          field
              + " has "
              + bytes
              + " bytes; the limit is "
              + MAX_BYTES
              + " (1 MiB); send less, or keep what is large elsewhere and send where it is");
    }
    return text;
  }

  /** Empty for nothing at all; JSON null is something. */
  public static String text(@Nullable JsonNode value) {
    return value == null || value.isMissingNode() ? "" : Json.write(value);
  }
}
