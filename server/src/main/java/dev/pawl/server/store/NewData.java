package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.ResourceKey;
import org.jspecify.annotations.Nullable;

/**
 * What somebody stores by hand. What is null keeps what a PRESENT resource has; one that was
 * deleted is another object by then and keeps nothing.
 *
 * @param identity the parts of the external id by their names; empty where they are not known
 * @param expectedVersion the version the caller has seen, 0 for none; null: whichever
 * @param actor who does it, for the audit
 * @param idempotency null for none
 */
public record NewData(
    ResourceKey key,
    JsonNode data,
    @Nullable String externalId,
    ObjectNode identity,
    @Nullable String account,
    @Nullable Long expectedVersion,
    String actor,
    @Nullable Idempotency idempotency) {
  public NewData {
    requireNonNull(key, "key");
    requireNonNull(data, "data");
    requireNonNull(identity, "identity");
    requireNonNull(actor, "actor");
  }
}
