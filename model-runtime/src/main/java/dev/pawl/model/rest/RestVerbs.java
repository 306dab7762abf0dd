package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;

/** Finds the verb for a method. */
final class RestVerbs {
  private RestVerbs() {}

  static MethodResult run(
      RestResource resource, RestMethod method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    throw new IllegalStateException("verbs arrive with the create template");
  }
}
