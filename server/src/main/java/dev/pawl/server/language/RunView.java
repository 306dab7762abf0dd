package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

/**
 * What expressions see of the run.
 *
 * @param id the run's id
 * @param attempt from 1
 * @param workflow the workflow's name
 * @param namespace the tenant
 */
public record RunView(String id, int attempt, String workflow, String namespace) {
  public RunView {
    requireNonNull(id, "id");
    requireNonNull(workflow, "workflow");
    requireNonNull(namespace, "namespace");
  }
}
