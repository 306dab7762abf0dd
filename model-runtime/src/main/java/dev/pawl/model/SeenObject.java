package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One object as its API shows it.
 *
 * @param externalId the API's id: the item path parameters' values joined with {@code ;}
 * @param identity item path parameter → value
 * @param data its attributes
 * @param markers every marker of a Pawl installation that it carries; usually none or one
 */
public record SeenObject(
    String externalId, ObjectNode identity, JsonNode data, List<String> markers) {
  public SeenObject {
    requireNonNull(externalId, "externalId");
    requireNonNull(identity, "identity");
    requireNonNull(data, "data");
    markers = List.copyOf(markers);
  }
}
