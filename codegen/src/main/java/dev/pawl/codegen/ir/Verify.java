package dev.pawl.codegen.ir;

/** How a stored resource is confirmed. */
public enum Verify {
  GET,
  LIST,
  NONE
}
