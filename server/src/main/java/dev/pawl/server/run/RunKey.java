package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

/**
 * Which run.
 *
 * @param namespace the tenant
 * @param runId as {@link RunIds} makes it
 */
public record RunKey(String namespace, String runId) {
  public RunKey {
    requireNonNull(namespace, "namespace");
    requireNonNull(runId, "runId");
  }
}
