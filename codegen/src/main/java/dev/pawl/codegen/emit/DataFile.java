package dev.pawl.codegen.emit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import java.nio.charset.StandardCharsets;

/** Writes models' data files: descriptions and schemas of their methods. */
final class DataFile {
  private final OutputSchema outputs = new OutputSchema();

  byte[] of(ResourcePlan plan) {
    ObjectNode out = Json.object().put("description", plan.create().description());
    ObjectNode methods = out.putObject("methods");
    for (MethodPlan method : plan.methods()) {
      ObjectNode one = methods.putObject(method.name());
      one.put("description", method.description());
      one.set("arguments", ArgumentsSchema.of(method.arguments()));
      one.set(
          "output",
          method.name().equals("list")
              ? outputs.list(method.output().orElseThrow())
              : outputs.of(method.output()));
    }
    return (Json.write(out) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
