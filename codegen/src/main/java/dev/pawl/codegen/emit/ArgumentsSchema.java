package dev.pawl.codegen.emit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.document.Schema;
import dev.pawl.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes arguments as the JSON Schema of one flat object. */
final class ArgumentsSchema {
  private ArgumentsSchema() {}

  static ObjectNode of(Arguments arguments) {
    List<Schema> roots = new ArrayList<>();
    arguments.list().forEach(a -> roots.addAll(a.alternatives()));
    SchemaWriter writer = new SchemaWriter(roots);
    ObjectNode out = Json.object().put("type", "object");
    ObjectNode properties = out.putObject("properties");
    Set<String> required = new TreeSet<>();
    for (Argument argument : arguments.list()) {
      properties.set(argument.name(), schema(argument, writer));
      if (argument.required()) {
        required.add(argument.name());
      }
    }
    if (!required.isEmpty()) {
      names(out.putArray("required"), required);
    }
    if (!arguments.choices().isEmpty()) {
      ArrayNode all = out.putArray("allOf");
      arguments.choices().forEach(c -> choice(all.addObject().putArray("anyOf"), c));
    }
    if (!arguments.open()) {
      out.put("additionalProperties", false);
    }
    if (!writer.definitions().isEmpty()) {
      out.set("$defs", writer.definitions());
    }
    return out;
  }

  private static ObjectNode schema(Argument argument, SchemaWriter writer) {
    List<Schema> writable = argument.alternatives().stream().filter(s -> !s.readOnly()).toList();
    List<Schema> chosen = writable.isEmpty() ? argument.alternatives() : writable;
    if (chosen.size() == 1) {
      return writer.write(chosen.get(0));
    }
    ObjectNode out = Json.object();
    ArrayNode any = out.putArray("anyOf");
    chosen.forEach(s -> any.add(writer.write(s)));
    return out;
  }

  private static void choice(ArrayNode out, List<Set<String>> branches) {
    branches.forEach(b -> names(out.addObject().putArray("required"), new TreeSet<>(b)));
  }

  private static void names(ArrayNode out, Set<String> names) {
    names.forEach(out::add);
  }
}
