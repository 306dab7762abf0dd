package dev.pawl.model;

/** How a success came about. Every one satisfies whatever depends on the step. */
public enum Outcome {
  /** A plain method ran. */
  EXECUTED,
  /** A create was sent and made the resource. */
  CREATED,
  /** Stored state, not verified. */
  REUSED,
  /** Stored state, confirmed by a read of the API. */
  VERIFIED,
  /** An existing object was taken over, proven to be ours or allowed by {@code adopt}. */
  ADOPTED,
  /** The resource was verified gone and made anew. */
  RECREATED,
  /** An existing resource was changed to the wanted arguments. */
  UPDATED,
  /** Not run, by condition or by hand; the output is null. */
  SKIPPED
}
