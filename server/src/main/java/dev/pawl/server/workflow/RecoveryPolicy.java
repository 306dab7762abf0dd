package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

/**
 * What becomes of a run whose executor vanished.
 *
 * @param strategy default {@link Strategy#NONE}
 * @param maxRecoveries after this many the run fails with CRASH_LOOP; default 5, at least 0
 */
public record RecoveryPolicy(Strategy strategy, int maxRecoveries) {

  /** How a run goes on after its executor vanished. */
  public enum Strategy {
    /** It fails with EXECUTOR_LOST. */
    NONE,
    /** Every step again, from the first. */
    RESTART,
    /** Completed steps keep their outputs; the interrupted ones run again. */
    IDEMPOTENT
  }

  public static final RecoveryPolicy DEFAULT = new RecoveryPolicy(Strategy.NONE, 5);

  public RecoveryPolicy {
    requireNonNull(strategy, "strategy");
    if (maxRecoveries < 0) {
      throw new IllegalArgumentException("maxRecoveries must be at least 0, is " + maxRecoveries);
    }
  }
}
