package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * The key under which a request may be repeated.
 *
 * @param rpc such as {@code StartRun}
 * @param key 1 to 255 characters
 * @param fingerprint of the canonical request
 * @param request the canonical request, to name the fields that differ
 * @param retention how long the whole answer is kept; after that only a tombstone
 */
public record Idempotency(
    String rpc, String key, String fingerprint, ObjectNode request, Duration retention) {
  public static final Duration RETENTION = Duration.ofDays(90);

  public Idempotency {
    requireNonNull(rpc, "rpc");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(request, "request");
    requireNonNull(retention, "retention");
    if (key.isEmpty() || key.length() > 255) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to 255 characters, not " + key.length());
    }
  }
}
