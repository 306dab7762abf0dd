package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Every member of an object, with all the schemas that parts and branches give it. */
final class Members {
  private final Map<String, List<Schema>> found = new TreeMap<>();
  private final Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Members() {}

  static Map<String, List<Schema>> of(Schema schema) {
    Members members = new Members();
    members.collect(schema, Schema::variants);
    return members.found;
  }

  /** The same without what branches give it. */
  static Map<String, List<Schema>> own(Schema schema) {
    Members members = new Members();
    members.collect(schema, s -> List.of());
    return members.found;
  }

  private void collect(Schema schema, Function<Schema, List<Schema>> branches) {
    if (!seen.add(schema)) {
      return;
    }
    schema
        .declared()
        .forEach(
            (name, member) -> {
              List<Schema> known = found.computeIfAbsent(name, n -> new ArrayList<>());
              if (!known.contains(member)) {
                known.add(member);
              }
            });
    schema.parts().forEach(p -> collect(p, branches));
    branches.apply(schema).forEach(v -> collect(v, branches));
  }
}
