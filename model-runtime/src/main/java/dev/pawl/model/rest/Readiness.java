package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * When a made resource may be used.
 *
 * @param pointer from the resource to its status
 * @param waiting values that mean: not yet. Every other value but {@code failed} means ready, so
 *     that a value unknown to the document never makes a caller wait for ever
 * @param failed values that mean: it will never be
 */
public record Readiness(String pointer, Set<String> waiting, Set<String> failed) {
  public Readiness {
    requireNonNull(pointer, "pointer");
    waiting = Set.copyOf(waiting);
    failed = Set.copyOf(failed);
  }
}
