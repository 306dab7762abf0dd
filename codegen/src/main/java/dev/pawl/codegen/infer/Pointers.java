package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import java.util.Optional;

/** JSON pointers. */
public final class Pointers {
  private Pointers() {}

  /** A member's name as a token of a pointer. */
  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** A pointer to one member. */
  public static String to(String name) {
    return "/" + escape(name);
  }

  /** Whether a schema describes what a pointer leads to. */
  static boolean in(Schema schema, String pointer) {
    return at(schema, pointer).isPresent();
  }

  /** What a pointer leads to; empty where the schema does not describe it. */
  static Optional<Schema> at(Schema schema, String pointer) {
    Schema at = schema;
    for (String token : pointer.substring(1).split("/")) {
      Schema next = at.properties().get(token.replace("~1", "/").replace("~0", "~"));
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }
}
