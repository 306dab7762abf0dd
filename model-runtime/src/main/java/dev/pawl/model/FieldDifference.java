package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A field in which the wanted arguments differ from those the resource was made with.
 *
 * @param path JSON pointer into the arguments
 * @param stored what it was made with; a {@link MissingNode} where it had none
 * @param wanted what is asked for now; a {@link MissingNode} where nothing is
 */
public record FieldDifference(String path, JsonNode stored, JsonNode wanted) {
  public FieldDifference {
    requireNonNull(path, "path");
    requireNonNull(stored, "stored");
    requireNonNull(wanted, "wanted");
  }
}
