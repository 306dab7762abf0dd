package dev.pawl.model.data;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something learned about a send in doubt; append-only.
 *
 * @param what a sentence
 * @param detail queries, ids, statuses, times; never credentials
 */
public record Evidence(String what, ObjectNode detail) {
  public Evidence {
    requireNonNull(what, "what");
    requireNonNull(detail, "detail");
  }
}
