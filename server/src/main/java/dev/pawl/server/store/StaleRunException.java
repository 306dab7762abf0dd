package dev.pawl.server.store;

import dev.pawl.server.run.RunKey;

/** The run has changed hands: whoever holds the old generation must stop at once. */
public final class StaleRunException extends Exception {
  private static final long serialVersionUID = 1;

  public StaleRunException(RunKey run, long generation) {
    super(
        "run "
            + run.runId()
            + " is no longer ours (generation "
            + generation
            + " was replaced); this executor stops working on it");
  }
}
