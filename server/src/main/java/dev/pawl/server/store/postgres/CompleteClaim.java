package dev.pawl.server.store.postgres;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.store.postgres.query.CompletionsStatement;
import dev.pawl.server.store.postgres.query.EndStatements;
import dev.pawl.server.store.postgres.query.ResourceReads;
import dev.pawl.server.store.postgres.query.ResourceRow;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Stores what was made or found, with its version. What a holder knows that may no longer say so is
 * kept beside the row.
 */
final class CompleteClaim {
  static final String OWNERS = "resource_owns_external_id";

  private final Database database;
  private final GroupCommit<CompletionsStatement.Done, Optional<Record>> groups;
  private final ResourceRow rows;
  private final EndStatements ends;
  private final ResourceReads reads;
  private final SureWrite sure;
  private final @Nullable String runId;
  private final Audited audited;

  CompleteClaim(
      Database database,
      GroupCommit<CompletionsStatement.Done, Optional<Record>> groups,
      ResourceRow rows,
      EndStatements ends,
      ResourceReads reads,
      @Nullable String runId,
      Audited audited) {
    this.database = database;
    this.groups = groups;
    this.rows = rows;
    this.ends = ends;
    this.reads = reads;
    this.sure = new SureWrite(database);
    this.runId = runId;
    this.audited = audited;
  }

  StoredResource run(Claim claim, Completion made) throws MethodException {
    DataLimit.check(claim.key(), made.data());
    Optional<StoredResource> stored;
    try {
      stored =
          sure.run(
              () -> store(new CompletionsStatement.Done(claim, made, runId)),
              () -> database.read(sql -> ends.completed(sql, claim, made)));
    } catch (DataAccessException e) {
      if (SqlStates.isDuplicateIn(e, OWNERS)) {
        throw owned(claim, made);
      }
      throw e;
    }
    if (stored.isEmpty()) {
      sure.repeatable(() -> keepLate(claim, made));
      throw Refusals.stale(claim);
    }
    return stored.get();
  }

  private boolean keepLate(Claim claim, Completion made) {
    return database.write(
        sql -> {
          ends.keepLate(sql, claim, made, late(claim, made));
          return true;
        });
  }

  /** With those of others, but for a decision, whose audit is in the same transaction. */
  private Optional<StoredResource> store(CompletionsStatement.Done done) {
    return audited.isSilent()
        ? groups.write(done, done.key(), done.size()).map(rows::read)
        : database.transaction(
            sql -> {
              Optional<StoredResource> row =
                  sql.connectionResult(c -> CompletionsStatement.write(c, List.of(done)))
                      .getFirst()
                      .map(rows::read);
              row.ifPresent(now -> audited.append(sql, now));
              return row;
            });
  }

  private MethodException owned(Claim claim, Completion made) {
    Evidence found =
        new Evidence(
            "what was found is owned by another key",
            Json.object().put("externalId", made.externalId()).put("account", made.account()));
    ResourceKey key = claim.key();
    List<ResourceKey> owners =
        database.transaction(
            sql -> {
              Optional<StoredResource> doubted = ends.doubt(sql, claim, found);
              if (doubted.isEmpty()) {
                ends.keep(sql, key, found);
              } else if (claim.mode() != ClaimMode.CHANGE) {
                ends.made(sql, claim, doubted.get());
              }
              return made.account() == null || made.externalId() == null
                  ? List.of()
                  : reads.owners(sql, key, made.account(), made.externalId());
            });
    return Refusals.owned(key, String.valueOf(made.externalId()), owners);
  }

  private static Evidence late(Claim claim, Completion made) {
    return new Evidence(
        "made by a holder that had lost its claim",
        Json.object()
            .put("externalId", made.externalId())
            .put("outcome", made.outcome().name())
            .put("incarnation", claim.incarnation())
            .put("sendNumber", claim.sendNumber())
            .put("fencingToken", claim.fencingToken()));
  }
}
