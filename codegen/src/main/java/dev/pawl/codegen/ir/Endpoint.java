package dev.pawl.codegen.ir;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Schema;
import java.util.Optional;

/**
 * An operation and where its answer holds the resource.
 *
 * @param operation as the document has it
 * @param resultPointer from the answer to the resource; empty for the whole answer
 * @param result the resource's schema there; empty where the answer describes none
 */
public record Endpoint(ApiOperation operation, String resultPointer, Optional<Schema> result) {

  public String describe() {
    return operation.describe();
  }
}
