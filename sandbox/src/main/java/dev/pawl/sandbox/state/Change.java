package dev.pawl.sandbox.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One thing that happened to the state, as it stands in the journal. */
sealed interface Change {
  record Opened(String uuid, String document) implements Change {}

  record Put(Resource resource) implements Change {}

  record Removed(long number) implements Change {}

  record SettingPut(String path, JsonNode body) implements Change {}

  record SettingRemoved(String path) implements Change {}

  /** Numbers up to here are used up. */
  record Counted(long number) implements Change {}

  default ObjectNode toJson() {
    ObjectNode json = JsonText.object();
    switch (this) {
      case Opened opened ->
          json.put("change", "opened")
              .put("uuid", opened.uuid())
              .put("document", opened.document());
      case Put put -> resource(json.put("change", "put"), put.resource());
      case Removed removed -> json.put("change", "removed").put("number", removed.number());
      case SettingPut put ->
          json.put("change", "setting").put("path", put.path()).set("body", put.body());
      case SettingRemoved removed ->
          json.put("change", "setting-removed").put("path", removed.path());
      case Counted counted -> json.put("change", "counted").put("number", counted.number());
    }
    return json;
  }

  private static void resource(ObjectNode json, Resource resource) {
    json.put("number", resource.number())
        .put("kind", resource.kind())
        .put("key", resource.key())
        .put("path", resource.path())
        .put("createdAt", resource.createdAt().toString())
        .put("trait", resource.trait().name());
    resource.anchors().forEach(json.putObject("anchors")::put);
    json.set("body", resource.body());
    json.putObject("transitions").setAll(resource.transitions());
  }

  /** Throws IllegalArgumentException when the line is none of the above. */
  static Change of(JsonNode json) {
    return switch (json.path("change").asText()) {
      case "opened" -> new Opened(json.path("uuid").asText(), json.path("document").asText());
      case "put" -> new Put(resource(json));
      case "removed" -> new Removed(json.path("number").asLong());
      case "setting" -> new SettingPut(json.path("path").asText(), json.path("body"));
      case "setting-removed" -> new SettingRemoved(json.path("path").asText());
      case "counted" -> new Counted(json.path("number").asLong());
      default -> throw new IllegalArgumentException("not a change: " + json);
    };
  }

  private static Resource resource(JsonNode json) {
    Map<String, String> anchors = new HashMap<>();
    json.path("anchors").properties().forEach(a -> anchors.put(a.getKey(), a.getValue().asText()));
    Map<String, JsonNode> transitions = new HashMap<>();
    json.path("transitions").properties().forEach(t -> transitions.put(t.getKey(), t.getValue()));
    if (!(json.path("body") instanceof ObjectNode body)) {
      throw new IllegalArgumentException("a resource without a body: " + json);
    }
    return new Resource(
        json.path("number").asLong(),
        json.path("kind").asText(),
        json.path("key").asText(),
        anchors,
        json.path("path").asText(),
        body,
        Instant.parse(json.path("createdAt").asText()),
        transitions,
        Trait.valueOf(json.path("trait").asText()));
  }
}
