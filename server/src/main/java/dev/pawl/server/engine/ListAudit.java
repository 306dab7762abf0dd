package dev.pawl.server.engine;

import dev.pawl.server.store.AuditEntry;
import dev.pawl.server.store.AuditStore;
import jakarta.inject.Inject;
import java.util.List;

/** Reads the audit, newest first. */
public final class ListAudit {
  private final AuditStore store;

  @Inject
  public ListAudit(AuditStore store) {
    this.store = store;
  }

  /** A page. */
  public List<AuditEntry> run(AuditStore.Query query) {
    return store.list(query);
  }
}
