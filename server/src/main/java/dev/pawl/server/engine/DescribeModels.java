package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.rest.RestModel;
import dev.pawl.model.rest.RestResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.models.ModelRegistry;
import jakarta.inject.Inject;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says which models this process has. */
public final class DescribeModels {
  private final ModelRegistry registry;

  /**
   * A model as people ask for it.
   *
   * @param reconcile how a create in doubt is settled, as {@code MARKER}; null if it has no create
   * @param verify how stored state is confirmed: GET, LIST or NONE
   * @param source a jar's file name, or {@code built-in}
   */
  public record Description(
      ModelDescriptor descriptor, @Nullable String reconcile, String verify, String source) {
    public Description {
      requireNonNull(descriptor, "descriptor");
      requireNonNull(verify, "verify");
      requireNonNull(source, "source");
    }
  }

  @Inject
  public DescribeModels(ModelRegistry registry) {
    this.registry = registry;
  }

  /**
   * Describes one.
   *
   * @throws ServerFailure MODEL_NOT_FOUND
   */
  public Description find(String type) {
    ModelDescriptor descriptor = FindMethod.model(registry, type);
    return describe(registry.find(descriptor.type()).orElseThrow());
  }

  /**
   * Describes a page of them, by type.
   *
   * @param after only types behind this one; empty from the first
   */
  public List<Description> list(String typePrefix, String after, int limit) {
    return registry.types().stream()
        .filter(type -> type.startsWith(typePrefix) && type.compareTo(after) > 0)
        .sorted()
        .limit(limit)
        .map(type -> describe(registry.find(type).orElseThrow()))
        .toList();
  }

  private static Description describe(Model model) {
    RestResource resource = model instanceof RestModel rest ? rest.resource() : null;
    return new Description(
        model.descriptor(),
        resource == null ? null : resource.reconcile().strategy().toUpperCase(Locale.ROOT),
        resource == null ? "NONE" : verify(resource),
        source(model));
  }

  private static String verify(RestResource resource) {
    return resource.get() != null ? "GET" : resource.listing() != null ? "LIST" : "NONE";
  }

  private static String source(Model model) {
    if (model.getClass().getClassLoader() instanceof URLClassLoader jar
        && jar.getURLs().length > 0) {
      String path = jar.getURLs()[0].getPath();
      return path.substring(path.lastIndexOf('/') + 1);
    }
    return "built-in";
  }
}
