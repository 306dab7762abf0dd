package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import java.util.Set;

/** How a body becomes arguments. */
enum BodyShape {
  /** There is none. */
  NONE,
  /** Its members are arguments. */
  OBJECT,
  /** It is one argument. */
  VALUE;

  static BodyShape of(ApiOperation operation) {
    return operation.body().map(BodyShape::of).orElse(NONE);
  }

  static BodyShape of(RequestBody body) {
    Schema schema = body.schema();
    if (schema.hasProperties()) {
      return OBJECT;
    }
    Set<String> types = schema.types();
    boolean object = types.isEmpty() ? !schema.isArray() : types.contains("object");
    return object && schema.enumValues().isEmpty() ? OBJECT : VALUE;
  }
}
