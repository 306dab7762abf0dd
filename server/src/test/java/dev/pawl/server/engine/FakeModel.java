package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodKind;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model whose methods a test writes. */
final class FakeModel implements Model {
  private final String type;
  private final List<MethodDescriptor> methods = new ArrayList<>();
  private final Map<String, Body> bodies = new LinkedHashMap<>();

  /** What a method does. */
  @FunctionalInterface
  interface Body {
    MethodResult run(ObjectNode arguments, MethodContext context)
        throws MethodException, InterruptedException;
  }

  FakeModel(String type) {
    this.type = type;
  }

  FakeModel with(String method, MethodKind kind, Body body, Trait... traits) {
    return with(
        method,
        kind,
        Json.object().put("type", "object").put("additionalProperties", true),
        body,
        traits);
  }

  FakeModel with(String method, MethodKind kind, ObjectNode arguments, Body body, Trait... traits) {
    String spec = kind == MethodKind.ACTION ? method : "state";
    methods.add(
        new MethodDescriptor(method, kind, "", arguments, Json.object(), spec, Set.of(traits)));
    bodies.put(method, body);
    return this;
  }

  @Override
  public ModelDescriptor descriptor() {
    return new ModelDescriptor(type, "", methods);
  }

  @Override
  public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    return java.util.Objects.requireNonNull(bodies.get(method)).run(arguments, context);
  }
}
