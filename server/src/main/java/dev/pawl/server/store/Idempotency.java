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
 * @param retention how long the whole answer is kept; after that only a tombstone. 90 days unless
 *     the server is told otherwise
 */
public record Idempotency(
    String rpc, String key, String fingerprint, ObjectNode request, Duration retention) {
  public static final Duration RETENTION = Duration.ofDays(90);
  private static final int MAX_LENGTH = 255;

  public Idempotency {
    requireNonNull(rpc, "rpc");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(request, "request");
    requireNonNull(retention, "retention");
    int length = key.codePointCount(0, key.length());
    if (length < 1 || length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to " + MAX_LENGTH + " characters, not " + length);
    }
    if (retention.isNegative()) {
      throw new IllegalArgumentException("the retention " + retention + " must not be negative");
    }
  }
}
