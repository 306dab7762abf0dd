package dev.pawl.server.store.postgres;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.store.postgres.query.AmendmentsStatement;
import dev.pawl.server.store.postgres.query.ClaimsStatement;
import dev.pawl.server.store.postgres.query.CompletionsStatement;
import dev.pawl.server.store.postgres.query.ConfirmationsStatement;
import dev.pawl.server.store.postgres.query.ResourceRow;
import dev.pawl.server.store.postgres.query.ResourcesStatement;
import java.util.Optional;
import org.jooq.Record;

/**
 * What many ask of the resource table at once; of writes, one of a key at a time.
 *
 * @param reads rows by their keys
 */
record ResourceGroups(
    GroupCommit<ResourceKey, StoredResource> reads,
    GroupCommit<ClaimsStatement.Asked, Optional<Record>> claims,
    GroupCommit<AmendmentsStatement.Amended, Optional<Record>> amendments,
    GroupCommit<CompletionsStatement.Done, Optional<Record>> completions,
    GroupCommit<ConfirmationsStatement.Seen, Optional<Record>> confirmations) {
  static ResourceGroups open(Database database, ResourceRow rows) {
    return new ResourceGroups(
        database.groupedReads("pawl-reads", new ResourcesStatement(rows)::read),
        database.groups("pawl-claims", true, ClaimsStatement::write),
        database.groups("pawl-amendments", true, AmendmentsStatement::write),
        database.groups("pawl-completions", true, CompletionsStatement::write),
        database.groups("pawl-confirmations", true, ConfirmationsStatement::write));
  }
}
