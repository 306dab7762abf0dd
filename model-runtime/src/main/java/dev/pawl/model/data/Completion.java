package dev.pawl.model.data;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a holder has made or found.
 *
 * @param data the resource's state
 * @param externalId the API's id; null where there is none
 * @param account whose object it is
 * @param identity item path parameter → value
 * @param arguments what it was made with, secrets left out
 * @param fingerprint of those arguments
 * @param outcome CREATED, RECREATED, ADOPTED, UPDATED or EXECUTED
 */
public record Completion(
    JsonNode data,
    @Nullable String externalId,
    @Nullable String account,
    ObjectNode identity,
    @Nullable JsonNode arguments,
    @Nullable String fingerprint,
    Outcome outcome) {
  public Completion {
    requireNonNull(data, "data");
    requireNonNull(identity, "identity");
    requireNonNull(outcome, "outcome");
  }
}
