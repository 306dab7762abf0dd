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
 * @param seen that it is what an API shows; null: somebody's words
 */
public record NewData(
    ResourceKey key,
    JsonNode data,
    @Nullable String externalId,
    ObjectNode identity,
    @Nullable String account,
    @Nullable Long expectedVersion,
    String actor,
    @Nullable Idempotency idempotency,
    @Nullable Seen seen) {

  /**
   * An object as its API shows it, for a key that stands for none.
   *
   * @param arguments what is known of those it was made with, without secrets
   * @param incarnation which object of the key it is, at least; 1 where that is not known
   * @param note for the audit
   */
  public record Seen(ObjectNode arguments, long incarnation, AuditNote note) {
    public Seen {
      requireNonNull(arguments, "arguments");
      requireNonNull(note, "note");
    }
  }

  /** Somebody's words. */
  public NewData(
      ResourceKey key,
      JsonNode data,
      @Nullable String externalId,
      ObjectNode identity,
      @Nullable String account,
      @Nullable Long expectedVersion,
      String actor,
      @Nullable Idempotency idempotency) {
    this(key, data, externalId, identity, account, expectedVersion, actor, idempotency, null);
  }

  public NewData {
    requireNonNull(key, "key");
    requireNonNull(data, "data");
    requireNonNull(identity, "identity");
    requireNonNull(actor, "actor");
  }
}
