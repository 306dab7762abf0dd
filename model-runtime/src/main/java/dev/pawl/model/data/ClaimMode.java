package dev.pawl.model.data;

/** What a claim gives the right to do. */
public enum ClaimMode {
  /** Make what is absent. */
  CREATE,
  /** Find out what became of a create in doubt. */
  RECONCILE,
  /** Change or delete what is present. */
  CHANGE
}
