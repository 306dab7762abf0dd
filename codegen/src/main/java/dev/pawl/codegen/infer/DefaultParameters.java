package dev.pawl.codegen.infer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Parameter;
import dev.pawl.codegen.document.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds parameters that every request must have and whose value the document itself says, such as
 * an API's version in its paths: nobody should have to give it.
 */
final class DefaultParameters {
  private DefaultParameters() {}

  /** Parameter → value; only where all required parameters of the name agree. */
  static Map<String, String> of(List<ApiOperation> operations) {
    Map<String, String> out = new TreeMap<>();
    Set<String> open = new HashSet<>();
    for (ApiOperation operation : operations) {
      for (Parameter parameter : operation.parameters()) {
        if (!parameter.required()) {
          continue;
        }
        Optional<String> value = value(parameter.schema());
        String before = value.map(v -> out.putIfAbsent(parameter.name(), v)).orElse(null);
        if (value.isEmpty() || (before != null && !before.equals(value.get()))) {
          open.add(parameter.name());
        }
      }
    }
    out.keySet().removeAll(open);
    return out;
  }

  private static Optional<String> value(Schema schema) {
    List<String> only = schema.enumValues();
    JsonNode said = schema.node().path("default");
    if (only.size() == 1) {
      return Optional.of(only.get(0)).filter(v -> !v.isEmpty());
    }
    return Optional.of(said)
        .filter(d -> d.isValueNode() && !d.isNull())
        .map(JsonNode::asText)
        .filter(v -> !v.isEmpty());
  }
}
