package dev.pawl.server.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone;
import dev.pawl.server.store.postgres.query.AuditStatements;
import dev.pawl.server.store.postgres.query.ConfirmationsStatement;
import dev.pawl.server.store.postgres.query.EndStatements;
import dev.pawl.server.store.postgres.query.ResourceRow;
import java.util.Collection;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What a read of the API says of a present row, if it is still the one that was read. */
final class SettlePresent {
  private final Database database;
  private final GroupCommit<ConfirmationsStatement.Seen, Optional<Record>> confirmations;
  private final ResourceRow rows;
  private final EndStatements ends;
  private final @Nullable String runId;
  private final SureWrite sure;

  SettlePresent(
      Database database,
      GroupCommit<ConfirmationsStatement.Seen, Optional<Record>> confirmations,
      ResourceRow rows,
      EndStatements ends,
      @Nullable String runId) {
    this.database = database;
    this.confirmations = confirmations;
    this.rows = rows;
    this.ends = ends;
    this.runId = runId;
    this.sure = new SureWrite(database);
  }

  StoredResource confirm(StoredResource read, JsonNode data) throws MethodException {
    DataLimit.check(read.key(), data);
    ConfirmationsStatement.Seen seen = new ConfirmationsStatement.Seen(read, data, runId);
    // Refused after a lost answer, its caller begins again with what the row is by then.
    return sure.run(
            () -> confirmations.write(seen, seen.key(), seen.size()).map(rows::read),
            Optional::<StoredResource>empty)
        .orElseThrow(() -> Refusals.stale(read));
  }

  void probed(StoredResource read, Collection<String> others) throws MethodException {
    Optional<StoredResource> row =
        database.transaction(
            sql -> {
              Optional<StoredResource> now = ends.probed(sql, read, others);
              now.filter(r -> !others.isEmpty()).ifPresent(r -> audit(sql, r, others));
              return now;
            });
    if (row.isEmpty()) {
      throw Refusals.stale(read);
    }
  }

  private void audit(DSLContext sql, StoredResource row, Collection<String> others) {
    AuditStatements.append(
        sql,
        row.key(),
        runId == null ? "pawl" : "run " + runId,
        "DUPLICATE_FOUND",
        "beside "
            + row.externalId()
            + " an earlier send of "
            + row.key()
            + " made "
            + String.join(", ", others),
        Json.object().set("others", Json.mapper().valueToTree(others)));
  }

  StoredResource bury(StoredResource read, Tombstone.Cause cause) throws MethodException {
    return sure.run(
            () -> database.write(sql -> ends.bury(sql, read, cause)),
            Optional::<StoredResource>empty)
        .orElseThrow(() -> Refusals.stale(read));
  }
}
