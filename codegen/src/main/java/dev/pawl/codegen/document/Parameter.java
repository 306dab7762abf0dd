package dev.pawl.codegen.document;

/**
 * A path, query or header parameter.
 *
 * @param name as the API calls it
 * @param in {@code path}, {@code query} or {@code header}
 * @param required whether a request without it is wrong
 * @param schema what it holds
 * @param description in the document's words; may be empty
 */
public record Parameter(
    String name, String in, boolean required, Schema schema, String description) {}
