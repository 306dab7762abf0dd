package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.inference.Names;
import java.util.List;
import java.util.Optional;

/**
 * The two values of a status field: one while the thing is being made, one when it is there.
 *
 * @param before empty when the schema has no value for "not yet"
 */
record Readiness(Optional<JsonNode> before, JsonNode after) {
  private static final List<String> READY =
      List.of(
          "active",
          "ready",
          "running",
          "online",
          "available",
          "enabled",
          "completed",
          "complete",
          "succeeded",
          "success",
          "successful",
          "deployed",
          "provisioned",
          "healthy",
          "attached",
          "verified",
          "up",
          "ok",
          "open",
          "done",
          "finished",
          "assigned",
          "approved",
          "accepted",
          "valid",
          "normal",
          "created");
  private static final List<String> WAITING =
      List.of(
          "new",
          "pending",
          "creating",
          "provisioning",
          "queued",
          "waiting",
          "inprogress",
          "processing",
          "starting",
          "initializing",
          "initialising",
          "building",
          "deploying",
          "installing",
          "accepted",
          "inprocess",
          "requested",
          "preparing");

  static boolean isStatus(String name, Shape shape) {
    if (shape.isObject() || shape.isArray() || shape.type().equals("boolean")) {
      return false;
    }
    String plain = Names.plain(name);
    boolean bare = plain.equals("status") || plain.equals("state") || plain.equals("phase");
    boolean textual = shape.type().equals("string") || shape.type().isEmpty();
    return textual
        && (bare || ((plain.endsWith("status") || plain.endsWith("state")) && hasBoth(shape)));
  }

  private static boolean hasBoth(Shape shape) {
    return choice(shape, READY).isPresent() && choice(shape, WAITING).isPresent();
  }

  static Readiness of(Shape shape) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (shape.choices().isEmpty()) {
      return new Readiness(Optional.of(nodes.textNode("pending")), nodes.textNode("active"));
    }
    JsonNode ready =
        choice(shape, READY).or(() -> settled(shape)).orElseGet(() -> shape.choices().getFirst());
    return new Readiness(choice(shape, WAITING).filter(before -> !before.equals(ready)), ready);
  }

  /** Without a word for "ready": the default, else the first value that isn't one for "not yet". */
  private static Optional<JsonNode> settled(Shape shape) {
    JsonNode given = shape.keywords().path("default");
    return given.isTextual()
        ? Optional.of(given)
        : shape.choices().stream()
            .filter(value -> !WAITING.contains(Names.plain(value.asText())))
            .findFirst();
  }

  private static Optional<JsonNode> choice(Shape shape, List<String> words) {
    return words.stream()
        .flatMap(
            word ->
                shape.choices().stream().filter(value -> Names.plain(value.asText()).equals(word)))
        .findFirst();
  }
}
