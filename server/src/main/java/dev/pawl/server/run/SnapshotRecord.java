package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

/**
 * The files of a run as a step execution left them.
 *
 * @param sequence puts a run's snapshots in order
 */
public record SnapshotRecord(StepKey step, int attempt, long sequence) {
  public SnapshotRecord {
    requireNonNull(step, "step");
  }
}
