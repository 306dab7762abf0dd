package dev.pawl.server.run;

import java.util.EnumSet;
import java.util.Set;

/** Where a step execution stands, and where it may go from there. */
public enum StepStatus {
  PENDING,
  RUNNING,
  WAITING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  NOT_RUN;

  /** The statuses that may follow in the same attempt. */
  public Set<StepStatus> next() {
    return switch (this) {
      case PENDING -> EnumSet.of(RUNNING, WAITING, SUCCEEDED, FAILED, CANCELLED, NOT_RUN);
      case RUNNING -> EnumSet.of(RUNNING, WAITING, SUCCEEDED, FAILED, CANCELLED);
      case WAITING -> EnumSet.of(RUNNING, SUCCEEDED, FAILED, CANCELLED);
      case SUCCEEDED, FAILED, CANCELLED, NOT_RUN -> EnumSet.noneOf(StepStatus.class);
    };
  }

  public boolean hasEnded() {
    return next().isEmpty();
  }
}
