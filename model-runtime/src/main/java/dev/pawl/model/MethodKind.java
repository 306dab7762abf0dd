package dev.pawl.model;

/** What a method does to the world; decides which step options apply to it. */
public enum MethodKind {
  /** Makes the instance's resource, at most once; runs the create protocol. */
  CREATE,
  /** Reads, never changes. */
  READ,
  /** Changes an existing resource. */
  UPDATE,
  /** Removes the resource. */
  DELETE,
  /** Anything else with an effect. Its stored output has an output spec of its own. */
  ACTION
}
