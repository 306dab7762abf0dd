package dev.pawl.server.api.map;

import dev.pawl.model.ResourceKey;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunKey;

/** Names of resources and runs. */
public final class Keys {
  private static final int MAX_OUTPUT_SPEC = 63;

  private Keys() {}

  /** A key that names one instance. */
  public static ResourceKey resource(dev.pawl.v1.ResourceKey key) {
    Fields.required("key.instance", key.getInstance(), Fields.MAX_NAME);
    return anyInstance(key);
  }

  /** A key of a resource's own state. */
  public static ResourceKey state(dev.pawl.v1.ResourceKey key) {
    ResourceKey found = resource(key);
    if (!found.outputSpec().equals(ResourceKey.STATE)) {
      throw ServerFailure.invalidField("key.output_spec", "must be empty or \"state\" here");
    }
    return found;
  }

  /** A key whose instance may be empty. */
  public static ResourceKey anyInstance(dev.pawl.v1.ResourceKey key) {
    String spec = Fields.limited("key.output_spec", key.getOutputSpec(), MAX_OUTPUT_SPEC);
    return new ResourceKey(
        Fields.namespace("key.namespace", key.getNamespace()),
        Fields.required("key.model_type", key.getModelType(), Fields.MAX_NAME),
        printable("key.instance", key.getInstance()),
        spec.isEmpty() ? ResourceKey.STATE : spec);
  }

  /** A run's key. */
  public static RunKey run(String namespace, String runId) {
    return new RunKey(
        Fields.namespace(namespace), Fields.required("run_id", runId, Fields.MAX_NAME));
  }

  static dev.pawl.v1.ResourceKey message(ResourceKey key) {
    return dev.pawl.v1.ResourceKey.newBuilder()
        .setNamespace(key.namespace())
        .setModelType(key.modelType())
        .setInstance(key.instance())
        .setOutputSpec(key.outputSpec())
        .build();
  }

  private static String printable(String field, String text) {
    Fields.limited(field, text, Fields.MAX_NAME);
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw ServerFailure.invalidField(field, "must not contain control characters");
    }
    return text;
  }
}
