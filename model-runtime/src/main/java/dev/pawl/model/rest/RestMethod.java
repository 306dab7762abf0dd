package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.MethodDescriptor;

/**
 * A method of a REST model and the operation behind it.
 *
 * @param descriptor name, kind and schemas
 * @param operation what it sends
 */
public record RestMethod(MethodDescriptor descriptor, Operation operation) {
  public RestMethod {
    requireNonNull(descriptor, "descriptor");
    requireNonNull(operation, "operation");
  }
}
