package dev.pawl.server.store.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.store.AuditNote;
import dev.pawl.server.store.postgres.query.AuditStatements;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the audit says of a decision, in the transaction of the write itself.
 *
 * @param note null where nobody decided: then nothing is said
 */
record Audited(@Nullable AuditNote note) {
  static final Audited NOT = new Audited(null);

  boolean isSilent() {
    return note == null;
  }

  /** Appends the note with what became of the row. */
  void append(DSLContext sql, StoredResource now) {
    if (note != null) {
      ObjectNode detail = note.detail().deepCopy();
      detail
          .put("state", now.state().name())
          .put("version", now.version())
          .put("incarnation", now.incarnation())
          .put("externalId", now.externalId())
          .put("account", now.account());
      AuditStatements.append(sql, now.key(), note.actor(), note.action(), note.sentence(), detail);
    }
  }
}
