package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * An input of a workflow.
 *
 * @param name as in {@code inputs.name}
 * @param schema its JSON Schema, without Pawl's own words {@code secret} and {@code required}
 * @param required whether a run must give it; default: when it has no {@code default}
 * @param secret whether its value must never be stored in clear, printed or logged
 */
public record InputDefinition(String name, ObjectNode schema, boolean required, boolean secret) {
  public InputDefinition {
    requireNonNull(name, "name");
    schema = schema.deepCopy();
  }

  public Optional<JsonNode> defaultValue() {
    return Optional.ofNullable(schema.get("default"));
  }
}
