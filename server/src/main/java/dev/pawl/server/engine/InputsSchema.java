package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.workflow.InputDefinition;
import dev.pawl.server.workflow.WorkflowDefinition;

/** The JSON Schema of the object that a workflow's inputs make. */
final class InputsSchema {
  private InputsSchema() {}

  static ObjectNode of(WorkflowDefinition definition) {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    definition.inputs().forEach((name, input) -> properties.set(name, input.schema()));
    definition.inputs().values().stream()
        .filter(InputDefinition::required)
        .forEach(input -> schema.withArray("required").add(input.name()));
    return schema.put("additionalProperties", false);
  }
}
