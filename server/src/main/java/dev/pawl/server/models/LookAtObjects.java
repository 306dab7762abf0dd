package dev.pawl.server.models;

import dev.pawl.model.CreateOptions;
import dev.pawl.model.Model;
import dev.pawl.model.Pacer;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Timing;
import dev.pawl.model.data.DataRepository;
import java.util.Optional;

/** Finds what can be read of a type's objects through this server's connections. */
public final class LookAtObjects {
  private final ModelRegistry models;
  private final Connections connections;
  private final DataRepository data;
  private final Timing timing;
  private final Pacer pacer;

  public LookAtObjects(
      ModelRegistry models,
      Connections connections,
      DataRepository data,
      Timing timing,
      Pacer pacer) {
    this.models = models;
    this.connections = connections;
    this.data = data;
    this.timing = timing;
    this.pacer = pacer;
  }

  /** The objects of a type; empty where no model here knows any, such as for other outputs. */
  public Optional<ApiObjects> of(ResourceKey key) {
    return key.outputSpec().equals(ResourceKey.STATE)
        ? models.find(key.modelType()).flatMap(model -> objects(model, key))
        : Optional.empty();
  }

  private Optional<ApiObjects> objects(Model model, ResourceKey key) {
    return model
        .objects()
        .map(
            reads ->
                new ApiObjects(
                    reads,
                    new LookingContext(
                        model, key, data, connections, CreateOptions.DEFAULT, timing, pacer)));
  }
}
