package dev.pawl.codegen.emit;

import dev.pawl.codegen.ir.Resource;
import dev.pawl.model.rest.BegunOperation;
import dev.pawl.model.rest.Listing;
import dev.pawl.model.rest.Operation;
import java.util.List;
import java.util.Optional;

/**
 * A resource made ready for writing.
 *
 * @param resource what was understood
 * @param methods in the order they are written; the create first
 * @param get the verifying read; empty where there is none
 * @param listing empty where there is none that can be used
 * @param update empty where there is none
 * @param delete empty where there is none
 * @param operation what the create answers with; empty where it answers with what it makes
 */
record ResourcePlan(
    Resource resource,
    List<MethodPlan> methods,
    Optional<Operation> get,
    Optional<Listing> listing,
    Optional<Operation> update,
    Optional<Operation> delete,
    Optional<BegunOperation> operation) {

  MethodPlan create() {
    return methods.get(0);
  }
}
