package dev.pawl.server.store.postgres;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.store.postgres.query.ClaimStatements;
import dev.pawl.server.store.postgres.query.ClaimsStatement;
import dev.pawl.server.store.postgres.query.ResourceReads;
import dev.pawl.server.store.postgres.query.ResourceRow;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a claim with those of others, or says why not by what the row is now. */
final class ClaimRow {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimRow.class);

  static final String NATURAL_KEYS = "resource_open_natural_key";

  private final Database database;
  private final GroupCommit<ClaimsStatement.Asked, Optional<Record>> groups;
  private final ResourceRow rows;
  private final ClaimStatements claims;
  private final ResourceReads reads;
  private final SureWrite sure;
  private final boolean inRun;

  /**
   * @param inRun whether its callers are steps of a run: then their holders are names of their own
   */
  ClaimRow(
      Database database,
      GroupCommit<ClaimsStatement.Asked, Optional<Record>> groups,
      ResourceRow rows,
      ClaimStatements claims,
      ResourceReads reads,
      boolean inRun) {
    this.database = database;
    this.groups = groups;
    this.rows = rows;
    this.claims = claims;
    this.reads = reads;
    this.sure = new SureWrite(database);
    this.inRun = inRun;
  }

  ClaimAnswer run(ClaimRequest request) {
    long taken = System.nanoTime();
    byte @Nullable [] sealed = claims.seal(request);
    Optional<StoredResource> granted;
    try {
      granted =
          sure.run(
              () -> take(new ClaimsStatement.Asked(request, sealed)),
              () -> database.read(sql -> claims.takenBy(sql, request, sealed, inRun)));
    } catch (DataAccessException e) {
      if (SqlStates.isDuplicateIn(e, NATURAL_KEYS)) {
        return rivalled(request);
      }
      throw e;
    }
    return granted.isPresent()
        ? granted(request, granted.get(), taken)
        : refused(request, database.read(sql -> reads.find(sql, request.read().key())));
  }

  /** Somebody else has the natural key; the row itself may have changed too. */
  private ClaimAnswer rivalled(ClaimRequest request) {
    StoredResource row = database.read(sql -> reads.find(sql, request.read().key()));
    Intent wish = Objects.requireNonNull(request.intent(), "only an intent has a natural key");
    return database
        .read(sql -> reads.openWith(sql, request.read().key().modelType(), wish))
        .<ClaimAnswer>map(rival -> new ClaimAnswer.Rivalled(row, rival))
        .orElseGet(() -> new ClaimAnswer.Changed(row));
  }

  private Optional<StoredResource> take(ClaimsStatement.Asked asked) {
    Optional<Record> taken = groups.write(asked, asked.key(), asked.size());
    taken.map(rows::unreadable).ifPresent(evidence -> note(asked.key(), evidence));
    return taken.map(rows::read);
  }

  /** The claim is taken by now: a note that can't be made must not hide that. */
  private void note(ResourceKey key, Evidence unreadable) {
    try {
      sure.repeatable(
          () ->
              database.write(
                  sql -> {
                    claims.noteUnreadable(sql, key, unreadable);
                    return true;
                  }));
    } catch (DataAccessException | DatabaseUnavailable e) {
      LOG.warn("{}: {}, which could not be noted: {}", key, unreadable.what(), e.getMessage());
    }
  }

  private static ClaimAnswer granted(ClaimRequest request, StoredResource row, long taken) {
    return new ClaimAnswer.Granted(
        new Claim(
            row.key(),
            request.mode(),
            row.fencingToken(),
            row.incarnation(),
            row.sendNumber(),
            request.lease(),
            taken),
        row);
  }

  private static ClaimAnswer refused(ClaimRequest request, StoredResource row) {
    return switch (row.effectiveState()) {
      case CLAIMED -> new ClaimAnswer.Held(row);
      case IN_DOUBT ->
          request.mode() == ClaimMode.RECONCILE
              ? new ClaimAnswer.Changed(row)
              : new ClaimAnswer.InDoubt(row);
      case ABSENT, PRESENT, DELETED -> new ClaimAnswer.Changed(row);
    };
  }
}
