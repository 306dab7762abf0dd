package dev.pawl.server.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.store.AuditNote;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.NewData;
import dev.pawl.server.store.PutDataAnswer;
import dev.pawl.server.store.postgres.query.AmendmentsStatement;
import dev.pawl.server.store.postgres.query.ClaimStatements;
import dev.pawl.server.store.postgres.query.EndStatements;
import dev.pawl.server.store.postgres.query.PutStatements;
import dev.pawl.server.store.postgres.query.ResourceReads;
import dev.pawl.server.store.postgres.query.ResourceRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link DataStore} on PostgreSQL. */
final class PostgresData implements DataStore {
  private final Database database;
  private final IntentSealer sealer;
  private final Installation installation;
  private final @Nullable String runId;
  private final ResourceReads reads;
  private final ClaimStatements claims;
  private final EndStatements ends;
  private final ClaimRow claimRow;
  private final CompleteClaim completeClaim;
  private final EndClaim endClaim;
  private final SettlePresent settlePresent;
  private final PutData putData;
  private final SureWrite sure;
  private final ResourceGroups groups;

  /**
   * @param groups shared by all that look at this database
   */
  PostgresData(
      Database database,
      ResourceGroups groups,
      IntentSealer sealer,
      Installation installation,
      @Nullable String runId,
      Audited audited) {
    ResourceRow rows = new ResourceRow(sealer);
    this.database = database;
    this.groups = groups;
    this.sealer = sealer;
    this.installation = installation;
    this.runId = runId;
    this.reads = new ResourceReads(rows);
    this.claims = new ClaimStatements(rows);
    this.ends = new EndStatements(rows);
    this.claimRow = new ClaimRow(database, groups.claims(), rows, claims, reads, runId != null);
    this.completeClaim =
        new CompleteClaim(database, groups.completions(), rows, ends, reads, runId, audited);
    this.endClaim = new EndClaim(database, ends, audited);
    this.settlePresent = new SettlePresent(database, groups.confirmations(), rows, ends, runId);
    this.sure = new SureWrite(database);
    this.putData = new PutData(database, new PutStatements(rows), ends, reads);
  }

  @Override
  public DataStore inRun(String run) {
    return new PostgresData(database, groups, sealer, installation, run, Audited.NOT);
  }

  @Override
  public DataStore audited(AuditNote note) {
    return new PostgresData(database, groups, sealer, installation, runId, new Audited(note));
  }

  @Override
  public StoredResource read(ResourceKey key) {
    return groups.reads().write(key, new Object(), 1);
  }

  @Override
  public ClaimAnswer claim(ClaimRequest request) {
    return claimRow.run(request);
  }

  @Override
  public Claim renew(Claim claim) throws MethodException {
    long taken = System.nanoTime();
    if (sure.repeatable(() -> database.write(sql -> claims.renew(sql, claim))) == 0) {
      throw Refusals.stale(claim);
    }
    return new Claim(
        claim.key(),
        claim.mode(),
        claim.fencingToken(),
        claim.incarnation(),
        claim.sendNumber(),
        claim.lease(),
        taken);
  }

  @Override
  public void amend(Claim claim, Intent intent) throws MethodException {
    AmendmentsStatement.Amended amended =
        new AmendmentsStatement.Amended(claim, intent, claims.seal(claim.key(), intent));
    // Its own repetition finds the claim as it was, and changes nothing more.
    Optional<Record> written =
        sure.run(
            () -> groups.amendments().write(amended, claim.key(), amended.size()), Optional::empty);
    if (written.isEmpty()) {
      throw Refusals.stale(claim);
    }
  }

  @Override
  public StoredResource complete(Claim claim, Completion completion) throws MethodException {
    return completeClaim.run(claim, completion);
  }

  @Override
  public StoredResource abandon(Claim claim, Evidence why) throws MethodException {
    return endClaim.abandon(claim, why);
  }

  @Override
  public StoredResource doubt(Claim claim, Evidence why) throws MethodException {
    return endClaim.doubt(claim, why);
  }

  @Override
  public StoredResource confirm(StoredResource read, JsonNode data) throws MethodException {
    return settlePresent.confirm(read, data);
  }

  @Override
  public StoredResource bury(StoredResource read, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    return settlePresent.bury(read, cause);
  }

  @Override
  public StoredResource bury(Claim claim, StoredResource.Tombstone.Cause cause)
      throws MethodException {
    return endClaim.bury(claim, cause);
  }

  @Override
  public void probed(StoredResource read, Collection<String> others) throws MethodException {
    settlePresent.probed(read, others);
  }

  @Override
  public void note(ResourceKey key, Evidence evidence) {
    sure.repeatable(
        () ->
            database.write(
                sql -> {
                  ends.keep(sql, key, evidence);
                  return true;
                }));
  }

  @Override
  public Set<String> ownedByOthers(
      ResourceKey key, String account, Collection<String> externalIds) {
    return externalIds.isEmpty()
        ? Set.of()
        : database.read(sql -> reads.ownedByOthers(sql, key, account, externalIds));
  }

  @Override
  public String installationId() {
    return installation.id();
  }

  @Override
  public PutDataAnswer put(NewData data) throws MethodException {
    return putData.run(data);
  }

  @Override
  public List<Listed> list(Query query) {
    return database.read(sql -> reads.list(sql, query));
  }

  @Override
  public List<Known> known(String modelType, @Nullable ResourceKey after, int limit) {
    return database.read(sql -> reads.known(sql, modelType, after, limit));
  }

  @Override
  public List<Version> versions(ResourceKey key, long before, int limit) {
    return database.read(sql -> reads.versions(sql, key, before, limit));
  }

  @Override
  public Optional<Version> version(ResourceKey key, long version) {
    return database.read(sql -> reads.version(sql, key, version)).stream().findFirst();
  }

  @Override
  public List<Evidence> evidence(ResourceKey key) {
    return database.read(sql -> reads.evidence(sql, key));
  }
}
