package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodKind;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.ObjectReads;
import dev.pawl.model.Preview;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model whose methods are HTTP operations on one resource. Generated classes extend it, hand it
 * their description and add typed methods that call {@link #invoke}.
 */
public abstract class RestModel implements Model {
  private final RestResource resource;
  private final ModelDescriptor descriptor;
  private final Map<String, RestMethod> methods;

  /**
   * @param resource the resource's description
   * @param description one sentence or empty
   * @param methods every method, in a stable order
   */
  protected RestModel(RestResource resource, String description, List<RestMethod> methods) {
    this.resource = resource;
    this.descriptor =
        new ModelDescriptor(
            resource.type(), description, methods.stream().map(RestMethod::descriptor).toList());
    this.methods =
        methods.stream().collect(Collectors.toMap(m -> m.descriptor().name(), Function.identity()));
  }

  /** The resource's description. */
  public final RestResource resource() {
    return resource;
  }

  @Override
  public final ModelDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public final MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    RestMethod called = methods.get(method);
    if (called == null) {
      throw new IllegalArgumentException(
          resource.type() + " has no method '" + method + "'; it has " + methods.keySet());
    }
    ObjectNode whole =
        new ConnectionParams(resource, called.operation(), context)
            .in(withDefaults(called, arguments));
    return new RestVerbs(resource, called, update(), whole, context).run();
  }

  private @Nullable RestMethod update() {
    return methods.values().stream()
        .filter(m -> m.operation().equals(resource.update()))
        .filter(m -> m.descriptor().kind() == MethodKind.UPDATE)
        .findFirst()
        .orElse(null);
  }

  @Override
  public final Optional<Preview> preview(@Nullable ObjectNode arguments, MethodContext context)
      throws InterruptedException {
    RestMethod create = methods.get("create");
    ObjectNode given = arguments;
    if (arguments != null && create != null) {
      try {
        given =
            new ConnectionParams(resource, create.operation(), context)
                .in(withDefaults(create, arguments));
      } catch (MethodException e) {
        return Optional.of(
            Preview.of(Preview.Act.CREATE, "it would fail: " + e.failure().message()));
      }
    }
    return Optional.of(new PreviewCreate(resource, update(), given, context).run());
  }

  /** With the API's own values for parameters that are not given. */
  private ObjectNode withDefaults(RestMethod method, ObjectNode given) {
    ObjectNode out = given.deepCopy();
    for (Operation.Parameter parameter : method.operation().parameters()) {
      String value = resource.api().params().get(parameter.argument());
      boolean filled = parameter.in() != Operation.In.CONSTANT_HEADER && value != null;
      if (filled && !out.hasNonNull(parameter.argument())) {
        out.put(parameter.argument(), value);
      }
    }
    return out;
  }

  @Override
  public final Optional<ObjectReads> objects() {
    return Optional.of(new RestObjects(resource));
  }
}
