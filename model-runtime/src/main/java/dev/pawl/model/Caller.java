package dev.pawl.model;

import static java.util.Objects.requireNonNull;

/**
 * Who calls a method.
 *
 * @param namespace the tenant
 * @param run the run's id; empty outside a run
 * @param step the step's id, with its iteration in brackets; empty outside a run
 * @param attempt the run's attempt; 0 outside a run
 * @param executor the server process
 */
public record Caller(String namespace, String run, String step, int attempt, String executor) {
  public Caller {
    requireNonNull(namespace, "namespace");
    requireNonNull(run, "run");
    requireNonNull(step, "step");
    requireNonNull(executor, "executor");
  }

  /** A readable name for those who wait for this caller. */
  public String describe() {
    return run.isEmpty()
        ? "a request on " + executor
        : "run " + run + " attempt " + attempt + " step " + step + " on " + executor;
  }
}
