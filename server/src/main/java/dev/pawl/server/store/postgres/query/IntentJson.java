package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.data.Intent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it is sealed. What is null is left out: a body of JSON null is a body. */
public final class IntentJson {
  private IntentJson() {}

  public static ObjectNode write(Intent intent) {
    ObjectNode out = Json.object();
    out.put("method", intent.method());
    out.put("url", intent.url());
    intent.headers().forEach(out.putObject("headers")::put);
    if (intent.body() != null) {
      out.set("body", intent.body());
    }
    out.set("arguments", intent.arguments());
    out.set("identity", intent.identity());
    put(out, "marker", intent.marker());
    put(out, "requestToken", intent.requestToken());
    put(out, "naturalKey", intent.naturalKey());
    out.put("account", intent.account());
    if (intent.existedBefore() != null) {
      out.put("existedBefore", intent.existedBefore());
    }
    if (intent.baseline() != null) {
      intent.baseline().forEach(out.putArray("baseline")::add);
    }
    out.put("made", intent.made());
    if (intent.operation() != null) {
      out.set("operation", intent.operation());
    }
    return out;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Intent read(JsonNode in) {
    Map<String, String> headers = new LinkedHashMap<>();
    in.path("headers").properties().forEach(e -> headers.put(e.getKey(), e.getValue().asText()));
    if (!(in.get("arguments") instanceof ObjectNode arguments)
        || !(in.get("identity") instanceof ObjectNode identity)) {
      throw new IllegalArgumentException("not a recorded request");
    }
    return new Intent(
        in.path("method").asText(),
        in.path("url").asText(),
        headers,
        in.get("body"),
        arguments,
        identity,
        text(in, "marker"),
        text(in, "requestToken"),
        in.path("account").asText(),
        in.has("existedBefore") ? in.get("existedBefore").asBoolean() : null,
        in.has("baseline") ? texts(in.get("baseline")) : null,
        in.path("made").asBoolean(),
        text(in, "naturalKey"),
        in.get("operation") instanceof ObjectNode operation ? operation : null);
  }

  private static List<String> texts(JsonNode array) {
    List<String> out = new ArrayList<>();
    array.forEach(value -> out.add(value.asText()));
    return out;
  }

  private static void put(ObjectNode out, String name, @Nullable String value) {
    if (value != null) {
      out.put(name, value);
    }
  }

  private static @Nullable String text(JsonNode in, String name) {
    JsonNode value = in.get(name);
    return value == null ? null : value.asText();
  }
}
