package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of a stored JSON object; what is null is left out. */
final class Fields {
  private Fields() {}

  static void put(ObjectNode out, String name, @Nullable Object value) {
    if (value != null) {
      out.put(name, value.toString());
    }
  }

  static @Nullable String text(JsonNode in, String name) {
    JsonNode value = in.get(name);
    return value == null ? null : value.asText();
  }

  static @Nullable Instant instant(JsonNode in, String name) {
    String text = text(in, name);
    return text == null ? null : Instant.parse(text);
  }

  static List<String> texts(JsonNode array) {
    List<String> out = new ArrayList<>();
    array.forEach(value -> out.add(value.asText()));
    return out;
  }
}
