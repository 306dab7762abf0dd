package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * When a resource that the API still shows counts as gone.
 *
 * @param pointer from the resource to the field
 * @param values the field's values, as text, that mean gone
 */
public record SoftDelete(String pointer, Set<String> values) {
  public SoftDelete {
    requireNonNull(pointer, "pointer");
    values = Set.copyOf(values);
  }

  /** Whether a shown object counts as gone. */
  boolean shows(JsonNode object) {
    return values.contains(object.at(pointer).asText());
  }
}
