package dev.pawl.server.run;

/** Why an attempt began. */
public enum AttemptReason {
  START,
  RETRY,
  RECOVERY
}
