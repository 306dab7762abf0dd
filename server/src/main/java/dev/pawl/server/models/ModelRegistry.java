package dev.pawl.server.models;

import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.server.workflow.ModelCatalog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every model that this process knows, by type; the engine's own are always among them. */
public final class ModelRegistry implements ModelCatalog {
  private final TreeMap<String, Model> models;

  public ModelRegistry(Map<String, Model> models) {
    this.models = new TreeMap<>(models);
    EngineModel.all().forEach(each -> this.models.put(each.descriptor().type(), each));
  }

  /** The model of a type. */
  public Optional<Model> find(String type) {
    return Optional.ofNullable(models.get(type));
  }

  @Override
  public Optional<ModelDescriptor> model(String type) {
    return find(type).map(Model::descriptor);
  }

  @Override
  public Collection<String> types() {
    return List.copyOf(models.keySet());
  }
}
