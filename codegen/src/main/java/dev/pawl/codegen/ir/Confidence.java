package dev.pawl.codegen.ir;

/** How sure an inference is. */
public enum Confidence {
  /** The document says so in two places that agree. */
  HIGH,
  /** The document says so in one place, by a convention that rarely fails. */
  MEDIUM,
  /** A guess worth a person's look. */
  LOW
}
