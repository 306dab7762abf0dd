package dev.pawl.server.store.postgres.query;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.Completion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Stores what many claims have made or found, each with its version, in one statement. */
public final class CompletionsStatement {
  private static final String SQL =
      """
      with done as (
        select * from json_to_recordset(?) as d(n int8, namespace text, model_type text,
          instance text, output_spec text, token int8, incarnation int8, send_number int4,
          mode text, external_id text, account text, identity text, arguments text,
          fingerprint text, data text, outcome text, seen bool, run_id text)
        where n between 1 and 1000
      ), present as (
        update resource r set
          state = 'PRESENT',
          version = r.version + 1,
          external_id = d.external_id,
          account = d.account,
          identity = d.identity::jsonb,
          arguments = d.arguments::jsonb,
          fingerprint = coalesce(d.fingerprint, r.claim_fingerprint),
          last_data = d.data::jsonb,
          outcome = d.outcome,
          confirmed = d.seen,
          verified_at = case when d.seen then now() end,
          present_since = case when r.claim_mode = 'CHANGE' then coalesce(r.present_since, now())
            else now() end,
          deleted_at = null,
          tombstone_reason = null,
          %s,
          updated_at = now()
        from done d
        where r.namespace = d.namespace and r.model_type = d.model_type
          and r.instance = d.instance and r.output_spec = d.output_spec
          and r.incarnation = d.incarnation
          and (
            -- The newest claim, whose end the row waits for, lease or no lease.
            r.state in ('CLAIMED', 'IN_DOUBT') and r.token = d.token
            -- An earlier holder that knows what became of the very send that is in doubt.
            or d.mode <> 'CHANGE' and r.send_number = d.send_number
              and (r.state = 'IN_DOUBT' or r.state = 'CLAIMED'
                and r.claim_mode in ('CREATE', 'RECONCILE') and r.lease_until <= now())
          )
        returning r.*, d.run_id
      ), kept as (
        insert into resource_version (namespace, model_type, instance, output_spec, version,
          incarnation, data, outcome, external_id, run_id, at)
        select namespace, model_type, instance, output_spec, version, incarnation, last_data,
          outcome, external_id, run_id, now()
        from present
      )
      """
              .formatted(ResourceRow.NO_CLAIM)
          + ResourceRow.SELECT
          + " from present as resource";

  private CompletionsStatement() {}

  /**
   * What a claim has made or found.
   *
   * @param runId the run that did; null for a client
   */
  public record Done(Claim claim, Completion made, @Nullable String runId) {
    public ResourceKey key() {
      return claim.key();
    }

    /** About how many characters it has. */
    public long size() {
      return 500 + made.data().toString().length();
    }
  }

  /** Stores those of different keys; empty where the claim may no longer say so. */
  public static List<Optional<Record>> write(Connection connection, List<Done> all)
      throws SQLException {
    return ResourceRow.written(connection, SQL, all, Done::key, CompletionsStatement::add);
  }

  private static void add(Rows out, Done done) {
    Claim claim = done.claim();
    out.put("token", claim.fencingToken()).put("incarnation", claim.incarnation());
    out.put("send_number", claim.sendNumber()).put("mode", claim.mode().name());
    Completion made = done.made();
    out.put("external_id", made.externalId()).put("account", made.account());
    out.put("identity", Values.text(made.identity()));
    out.put("arguments", made.arguments() == null ? null : Values.text(made.arguments()));
    out.put("fingerprint", made.fingerprint()).put("data", Values.text(made.data()));
    out.put("outcome", made.outcome().name()).put("seen", EndStatements.isSeen(made.outcome()));
    out.put("run_id", done.runId());
  }
}
