package dev.pawl.model.data;

/** Where a resource key stands in the create protocol. */
public enum ResourceState {
  /** Nothing is stored, or what was sent is proven not to have been made. */
  ABSENT,
  /** A holder has the right to act and may have sent something. */
  CLAIMED,
  /** The resource exists as far as Pawl knows. */
  PRESENT,
  /** Something was sent and its outcome is not known. */
  IN_DOUBT,
  /** A tombstone: the resource was deleted or verified gone. Counts as absent. */
  DELETED
}
