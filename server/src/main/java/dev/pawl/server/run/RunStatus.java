package dev.pawl.server.run;

import java.util.EnumSet;
import java.util.Set;

/** Where a run stands, and where it may go from there. */
public enum RunStatus {
  QUEUED,
  RUNNING,
  WAITING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  TIMED_OUT;

  /** The statuses that may follow. A retry takes an ended run that did not succeed back. */
  public Set<RunStatus> next() {
    return switch (this) {
      case QUEUED -> EnumSet.of(RUNNING, CANCELLED);
      case RUNNING -> EnumSet.of(WAITING, SUCCEEDED, FAILED, CANCELLED, TIMED_OUT);
      case WAITING -> EnumSet.of(RUNNING);
      case SUCCEEDED -> EnumSet.noneOf(RunStatus.class);
      case FAILED, CANCELLED, TIMED_OUT -> EnumSet.of(QUEUED, RUNNING);
    };
  }

  /** Whether no attempt is under way. */
  public boolean hasEnded() {
    return switch (this) {
      case QUEUED, RUNNING, WAITING -> false;
      case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT -> true;
    };
  }

  /** Whether a retry is possible. */
  public boolean isRetryable() {
    return hasEnded() && this != SUCCEEDED;
  }
}
