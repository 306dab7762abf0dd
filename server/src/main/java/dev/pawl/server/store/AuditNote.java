package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the audit is to say of a write.
 *
 * @param actor who decided
 * @param action in upper snake case, as {@code DATA_DELETED}
 * @param sentence what happened, for a person
 * @param detail the particulars; what became of the row is added
 */
public record AuditNote(String actor, String action, String sentence, ObjectNode detail) {
  public AuditNote {
    requireNonNull(actor, "actor");
    requireNonNull(action, "action");
    requireNonNull(sentence, "sentence");
    requireNonNull(detail, "detail");
  }
}
