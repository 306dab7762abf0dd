package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.rest.RestModel;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.models.ModelRegistry;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes an external id apart, so that the model can find the object by it again. */
public final class SplitIdentity {
  private final ModelRegistry models;

  @Inject
  public SplitIdentity(ModelRegistry models) {
    this.models = models;
  }

  /**
   * The id's parts by their names in the item's path; empty without an id, and for types that no
   * model here describes.
   *
   * @throws ServerFailure INVALID_FIELD when it has another number of parts than the model's path
   */
  ObjectNode run(ResourceKey key, @Nullable String externalId) {
    ObjectNode parts = Json.object();
    List<String> names = names(key);
    if (externalId == null || names.isEmpty()) {
      return parts;
    }
    // A single part may hold the separator.
    String[] values = names.size() == 1 ? new String[] {externalId} : externalId.split(";", -1);
    if (values.length != names.size()) {
      throw ServerFailure.invalidField(
          "external_id",
          "'"
              + externalId
              + "' has "
              + values.length
              + " part(s); an id of "
              + key.modelType()
              + " is "
              + String.join(";", names));
    }
    for (int i = 0; i < values.length; i++) {
      parts.put(names.get(i), values[i]);
    }
    return parts;
  }

  private List<String> names(ResourceKey key) {
    return models
        .find(key.modelType())
        .filter(model -> key.outputSpec().equals(ResourceKey.STATE))
        .filter(RestModel.class::isInstance)
        .map(model -> ((RestModel) model).resource().identityParameters())
        .orElse(List.of());
  }
}
