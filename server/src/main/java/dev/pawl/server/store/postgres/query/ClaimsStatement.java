package dev.pawl.server.store.postgres.query;

import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Takes claims of many keys in one statement: makes the row where the asker has read none, else
 * changes it if it still is as it was read.
 */
public final class ClaimsStatement {
  private static final String SQL =
      """
      with asked as (
        select * from json_to_recordset(?) as a(n int8, fresh bool, namespace text,
          model_type text, instance text, output_spec text, state text, incarnation int8,
          version int8, token int8, mode text, holder text, lease int8, send_within int8,
          quarantine int8, fingerprint text, intent bytea, natural_key text, account text,
          body_hash text)
        where n between 1 and 1000
      ), made as (
        insert into resource (namespace, model_type, instance, output_spec, state, token,
          send_number, claim_mode, claimed_from, holder, lease_until, claim_fingerprint, sent_at,
          deadline_at, quarantine_until, intent, natural_key, claim_account, body_hash)
        select namespace, model_type, instance, output_spec, 'CLAIMED', 1, 1, mode, 'ABSENT',
          holder, now() + lease * interval '1 microsecond', fingerprint, now(),
          now() + send_within * interval '1 microsecond',
          now() + quarantine * interval '1 microsecond', intent, natural_key, account, body_hash
        from asked where fresh
        on conflict (namespace, model_type, instance, output_spec) do nothing
        returning resource.*
      ), taken as (
        update resource r set
          state = 'CLAIMED',
          claim_mode = a.mode,
          holder = a.holder,
          lease_until = now() + a.lease * interval '1 microsecond',
          token = r.token + 1,
          updated_at = now(),
          send_number = r.send_number + case when a.mode = 'CREATE' then 1 else 0 end,
          claimed_from = case a.mode when 'CREATE' then r.state when 'CHANGE' then 'PRESENT'
            else r.claimed_from end,
          claim_fingerprint = case when %1$s then r.claim_fingerprint else a.fingerprint end,
          sent_at = case when %1$s then r.sent_at else now() end,
          deadline_at = case when %1$s then r.deadline_at
            else now() + a.send_within * interval '1 microsecond' end,
          quarantine_until = case when %1$s then r.quarantine_until
            else now() + a.quarantine * interval '1 microsecond' end,
          intent = case when %1$s then r.intent else a.intent end,
          natural_key = case when %1$s then r.natural_key else a.natural_key end,
          claim_account = case when a.intent is null then r.claim_account else a.account end,
          body_hash = case when a.intent is null then r.body_hash else a.body_hash end
        from asked a
        where not a.fresh and r.namespace = a.namespace and r.model_type = a.model_type
          and r.instance = a.instance and r.output_spec = a.output_spec
          and r.state = a.state and r.incarnation = a.incarnation and r.version = a.version
          and r.token = a.token
          and case a.mode
            when 'CREATE' then r.state in ('ABSENT', 'DELETED')
            when 'CHANGE' then r.state = 'PRESENT' or r.state = 'CLAIMED'
              and r.claim_mode = 'CHANGE' and r.lease_until <= now()
            else r.state = 'IN_DOUBT' or r.state = 'CLAIMED'
              and r.claim_mode in ('CREATE', 'RECONCILE') and r.lease_until <= now() end
        returning r.*
      )
      """
              // What was sent stays what is looked for.
              .formatted("a.mode = 'RECONCILE'")
          + ResourceRow.SELECT
          + " from (select * from made union all select * from taken) as resource";

  private ClaimsStatement() {}

  /**
   * A claim that is asked for.
   *
   * @param sealed its request as it is stored; null for a claim without one
   */
  public record Asked(ClaimRequest request, byte @Nullable [] sealed) {
    public ResourceKey key() {
      return request.read().key();
    }

    /** About how many characters it has. */
    public long size() {
      return sealed == null ? 500 : 500 + 2L * sealed.length;
    }
  }

  /** Takes claims of different keys; empty where a row is no longer as it was read. */
  public static List<Optional<Record>> write(Connection connection, List<Asked> claims)
      throws SQLException {
    return ResourceRow.written(connection, SQL, claims, Asked::key, ClaimsStatement::add);
  }

  private static void add(Rows out, Asked claim) {
    ClaimRequest request = claim.request();
    StoredResource read = request.read();
    // Rows are never removed: where one was read there is one.
    out.put("fresh", request.mode() == ClaimMode.CREATE && read.createdAt() == null);
    out.put("state", read.state().name()).put("incarnation", read.incarnation());
    out.put("version", read.version()).put("token", read.fencingToken());
    out.put("mode", request.mode().name()).put("holder", request.holder());
    out.put("lease", micros(request.lease())).put("send_within", micros(request.sendWithin()));
    out.put("quarantine", micros(request.sendWithin().plus(request.allowance())));
    out.put("fingerprint", request.fingerprint());
    Intent intent = request.intent();
    if (intent != null && claim.sealed() != null) {
      out.put("intent", "\\x" + HexFormat.of().formatHex(claim.sealed()));
      out.put("natural_key", intent.naturalKey()).put("account", intent.account());
      out.put("body_hash", intent.body() == null ? null : Json.fingerprint(intent.body()));
    }
  }

  private static long micros(Duration duration) {
    return TimeUnit.MICROSECONDS.convert(duration);
  }
}
