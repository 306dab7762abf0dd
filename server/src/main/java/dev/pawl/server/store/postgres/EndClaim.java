package dev.pawl.server.store.postgres;

import dev.pawl.model.MethodException;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone;
import dev.pawl.server.store.postgres.query.EndStatements;
import java.util.Optional;

/** Ends a claim without an object. */
final class EndClaim {
  private final Database database;
  private final EndStatements ends;
  private final Audited audited;
  private final SureWrite sure;

  EndClaim(Database database, EndStatements ends, Audited audited) {
    this.database = database;
    this.ends = ends;
    this.audited = audited;
    this.sure = new SureWrite(database);
  }

  StoredResource abandon(Claim claim, Evidence why) throws MethodException {
    return orStale(claim, why, write(claim, sql -> ends.abandon(sql, claim, why)));
  }

  StoredResource doubt(Claim claim, Evidence why) throws MethodException {
    Optional<StoredResource> doubted = doubted(claim, why);
    if (doubted.isEmpty() && claim.mode() == ClaimMode.CREATE) {
      sure.repeatable(
          () ->
              database.write(
                  sql -> {
                    ends.keepDoubt(sql, claim.key(), why);
                    return true;
                  }));
      throw Refusals.stale(claim);
    }
    return orStale(claim, why, doubted);
  }

  StoredResource bury(Claim claim, Tombstone.Cause cause) throws MethodException {
    if (claim.mode() != ClaimMode.CHANGE) {
      throw new IllegalArgumentException(
          "only a CHANGE claim buries; " + claim.key() + " is held by one for " + claim.mode());
    }
    return write(claim, sql -> ends.bury(sql, claim, cause))
        .orElseThrow(() -> Refusals.stale(claim));
  }

  private Optional<StoredResource> doubted(Claim claim, Evidence why) {
    return sure.run(
        () -> database.write(sql -> ends.doubt(sql, claim, why)),
        () -> database.read(sql -> ends.ended(sql, claim)));
  }

  private Optional<StoredResource> write(Claim claim, Work<Optional<StoredResource>> end) {
    return sure.run(() -> once(end), () -> database.read(sql -> ends.ended(sql, claim)));
  }

  /** Most ends are nobody's decision, and need no transaction around their one statement. */
  private Optional<StoredResource> once(Work<Optional<StoredResource>> end) {
    if (audited.note() == null) {
      return database.write(end);
    }
    return database.transaction(
        sql -> {
          Optional<StoredResource> row = end.run(sql);
          row.ifPresent(now -> audited.append(sql, now));
          return row;
        });
  }

  /** What a holder says is kept, even where it may no longer say it. */
  private StoredResource orStale(Claim claim, Evidence why, Optional<StoredResource> ended)
      throws MethodException {
    if (ended.isEmpty()) {
      sure.repeatable(
          () ->
              database.write(
                  sql -> {
                    ends.keep(sql, claim.key(), why);
                    return true;
                  }));
      throw Refusals.stale(claim);
    }
    return ended.get();
  }
}
