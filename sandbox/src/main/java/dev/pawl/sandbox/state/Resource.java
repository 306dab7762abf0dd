package dev.pawl.sandbox.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A thing that was made.
 *
 * @param number its place in the order of making; never used twice
 * @param kind the name of its kind
 * @param anchors the keys of the items it was made under, by the name of their kind
 * @param path where it can be read, with its real keys
 * @param body everything known about it, as it will be once it is ready
 * @param transitions values shown until it is ready, by JSON pointer into the body
 */
public record Resource(
    long number,
    String kind,
    String key,
    Map<String, String> anchors,
    String path,
    ObjectNode body,
    Instant createdAt,
    Map<String, JsonNode> transitions,
    Trait trait) {

  public Resource {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(key);
    anchors = Map.copyOf(anchors);
    Objects.requireNonNull(path);
    Objects.requireNonNull(body);
    Objects.requireNonNull(createdAt);
    transitions = Map.copyOf(transitions);
    Objects.requireNonNull(trait);
  }

  /** The same thing with another body; what is settled by then no longer changes by itself. */
  public Resource withBody(ObjectNode changed, Map<String, JsonNode> stillChanging) {
    return new Resource(number, kind, key, anchors, path, changed, createdAt, stillChanging, trait);
  }
}
