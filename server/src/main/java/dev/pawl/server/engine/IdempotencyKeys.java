package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KeyStore;
import dev.pawl.server.store.KnownKey;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys under which calls may be repeated: one mechanism for every call that takes one. A key is
 * of its namespace and its call, and is stored in the transaction of the work it stands for.
 */
public final class IdempotencyKeys {
  private final KeyStore store;
  private final EngineSettings settings;

  @Inject
  public IdempotencyKeys(KeyStore store, EngineSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /**
   * The key of a call.
   *
   * @param rpc whose key it is
   * @param key null for none
   * @param request all that must be the same for the call to be the same
   * @return null where there is no key
   */
  @Nullable Idempotency of(String rpc, @Nullable String key, Supplier<ObjectNode> request) {
    if (key == null) {
      return null;
    }
    ObjectNode payload = request.get();
    return new Idempotency(
        rpc, key, Json.fingerprint(payload), payload, settings.idempotencyRetention());
  }

  /** What a key stands for; empty when nothing yet, or when there is no key. */
  Optional<KnownKey> find(String namespace, @Nullable Idempotency key) {
    return key == null ? Optional.empty() : store.find(namespace, key);
  }

  /**
   * The first of the same calls. It is looked for when a call can't be accepted: what was accepted
   * once is answered although models or stored workflows have changed since.
   */
  Optional<KnownKey> findSame(String namespace, @Nullable Idempotency key) {
    return key == null
        ? Optional.empty()
        : store.find(namespace, key).filter(first -> first.fingerprint().equals(key.fingerprint()));
  }

  /**
   * Refuses a key that stands for something else, or whose answer is no longer kept.
   *
   * @throws ServerFailure IDEMPOTENCY_KEY_EXPIRED, IDEMPOTENCY_KEY_REUSED
   */
  static void refuseOther(KnownKey first, Idempotency key) {
    if (first.isExpired()) {
      throw ServerFailure.of(
              Code.FAILED_PRECONDITION,
              "IDEMPOTENCY_KEY_EXPIRED",
              "the idempotency key "
                  + key.key()
                  + " was used for "
                  + first.subject()
                  + " longer ago than keys are kept; look at that, or use a new key for new work")
          .with(facts(first));
    }
    if (!first.fingerprint().equals(key.fingerprint())) {
      throw reused(first, key);
    }
  }

  private static ServerFailure reused(KnownKey first, Idempotency key) {
    List<String> fields = DifferingFields.of(first.request(), key.request());
    String named = String.join(", ", fields);
    Map<String, String> facts = facts(first);
    facts.put("differs", named);
    return new ServerFailure(
            Code.ALREADY_EXISTS,
            "IDEMPOTENCY_KEY_REUSED",
            "the idempotency key "
                + key.key()
                + " was used for "
                + first.subject()
                + " with another request ("
                + named
                + (fields.size() == 1 ? " differs" : " differ")
                + "); use a new key, or send the same request",
            fields.stream()
                .map(f -> new ServerFailure.Violation(f, "differs from the first request's", ""))
                .toList())
        .with(facts);
  }

  static Map<String, String> facts(KnownKey first) {
    Map<String, String> facts = new HashMap<>();
    facts.put("first", first.subject());
    if (!first.runId().isEmpty()) {
      facts.put("run_id", first.runId());
    }
    return facts;
  }
}
