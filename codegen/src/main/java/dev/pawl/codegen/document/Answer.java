package dev.pawl.codegen.document;

import java.util.Optional;
import java.util.Set;

/**
 * A success that an operation documents.
 *
 * @param status as written: {@code 201}, {@code 2XX}
 * @param body its JSON body's schema; empty where it has none
 * @param headers the headers' names in lower case
 */
public record Answer(String status, Optional<Schema> body, Set<String> headers) {}
