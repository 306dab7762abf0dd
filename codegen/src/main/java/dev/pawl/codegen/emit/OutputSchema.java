package dev.pawl.codegen.emit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.document.Schema;
import dev.pawl.model.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes what a method gives, so that people and workflow checks know the names. Nothing in it is
 * required and nothing is closed: APIs add members, and leave some out.
 */
final class OutputSchema {
  private static final int MAX_DEPTH = 3;

  /** Arrays of arrays end here: a document's may hold themselves. */
  private static final int MAX_NESTING = 12;

  private record Place(Schema schema, int depth) {}

  private final Map<Place, ObjectNode> written = new HashMap<>();

  ObjectNode of(Optional<Schema> schema) {
    return schema.map(s -> of(s, 1)).orElseGet(() -> Json.object().put("type", "object"));
  }

  ObjectNode list(Schema item) {
    ObjectNode out = Json.object().put("type", "object");
    out.putObject("properties")
        .putObject("items")
        .put("type", "array")
        .set("items", of(item, MAX_DEPTH - 1));
    return out;
  }

  /** One and the same for what is written before: nobody changes it. */
  private ObjectNode of(Schema schema, int depth) {
    Place place = new Place(schema, depth);
    ObjectNode known = written.get(place);
    if (known == null) {
      known = write(schema, depth);
      written.put(place, known);
    }
    return known;
  }

  private ObjectNode write(Schema schema, int depth) {
    ObjectNode out = Json.object();
    Set<String> types = schema.types();
    if (schema.hasProperties()) {
      out.put("type", "object");
      if (depth <= MAX_DEPTH) {
        ObjectNode properties = out.putObject("properties");
        new TreeMap<>(schema.properties())
            .forEach((name, member) -> properties.set(name, of(member, depth + 1)));
      }
    } else if (schema.isArray()) {
      out.put("type", "array");
      schema
          .items()
          .filter(i -> depth < MAX_NESTING)
          .ifPresent(i -> out.set("items", of(i, depth + 1)));
    } else if (types.size() == 1) {
      out.put("type", types.iterator().next());
    }
    if (depth == 2 && !schema.description().isEmpty()) {
      out.put("description", Prose.line(schema.description()));
    }
    return out;
  }
}
