package dev.pawl.codegen.document;

/**
 * What a request carries.
 *
 * @param kind how it is written
 * @param schema what it holds
 * @param required whether a request without it is wrong
 */
public record RequestBody(Kind kind, Schema schema, boolean required) {
  /** How a body is written. */
  public enum Kind {
    JSON,
    FORM,
    MULTIPART,
    OTHER
  }
}
