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

/**
 * What many ask of the resource table at once; of writes, one of a key at a time.
 *
 * @param reads rows by their keys
 * @param completion as in {@code completions}, for one that is written with its audit
 */
record ResourceGroups(
    GroupCommit<ResourceKey, StoredResource> reads,
    GroupCommit<ClaimsStatement.Asked, Optional<ClaimsStatement.Taken>> claims,
    GroupCommit<AmendmentsStatement.Amended, Optional<Boolean>> amendments,
    GroupCommit<CompletionsStatement.Done, Optional<StoredResource>> completions,
    GroupCommit<ConfirmationsStatement.Seen, Optional<StoredResource>> confirmations,
    CompletionsStatement completion) {
  static ResourceGroups open(Database database, IntentSealer sealer) {
    ResourceRow rows = new ResourceRow(sealer);
    CompletionsStatement completion = new CompletionsStatement(rows);
    return new ResourceGroups(
        database.groupedReads("pawl-reads", new ResourcesStatement(rows)::read),
        database.groups("pawl-claims", true, new ClaimsStatement(rows)::write),
        database.groups("pawl-amendments", true, AmendmentsStatement::write),
        database.groups("pawl-completions", true, completion::write),
        database.groups("pawl-confirmations", true, new ConfirmationsStatement(rows)::write),
        completion);
  }
}
