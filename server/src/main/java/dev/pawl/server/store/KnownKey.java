package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What an idempotency key stands for: the first request under it and what came of it.
 *
 * @param runId the run it was used for; empty where it was no run
 * @param subject what it was used for in words, as {@code run 01J…} or {@code version 3 of workflow
 *     web-tier}
 * @param fingerprint of the first request
 * @param request the first request; null once it is no longer kept, and possibly where it is the
 *     same
 * @param answer what the first caller was told, where that is no run; null for a run, and once it
 *     is no longer kept
 * @param isExpired whether the retention has passed: only that it was used is still known
 */
public record KnownKey(
    String runId,
    String subject,
    String fingerprint,
    @Nullable JsonNode request,
    @Nullable JsonNode answer,
    boolean isExpired) {
  public KnownKey {
    requireNonNull(runId, "runId");
    requireNonNull(subject, "subject");
    requireNonNull(fingerprint, "fingerprint");
  }
}
