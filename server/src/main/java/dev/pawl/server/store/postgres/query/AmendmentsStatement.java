package dev.pawl.server.store.postgres.query;

import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.Intent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** Replaces the requests of many claims whose leases have not run out, in one statement. */
public final class AmendmentsStatement {
  private static final String SQL =
      """
      with asked as (
        select * from json_to_recordset(?) as a(n int8, namespace text, model_type text,
          instance text, output_spec text, token int8, incarnation int8, intent bytea,
          natural_key text, account text, body_hash text)
        where n between 1 and 1000
      ), amended as (
        update resource r set
          intent = a.intent,
          natural_key = a.natural_key,
          claim_account = a.account,
          body_hash = a.body_hash,
          updated_at = now()
        from asked a
        where r.namespace = a.namespace and r.model_type = a.model_type
          and r.instance = a.instance and r.output_spec = a.output_spec
          and r.state = 'CLAIMED' and r.token = a.token and r.incarnation = a.incarnation
          and r.lease_until > now()
        returning r.*
      )
      """
          + ResourceRow.SELECT
          + " from amended as resource";

  private AmendmentsStatement() {}

  /**
   * A request in place of the one that was recorded.
   *
   * @param sealed as it is stored
   */
  public record Amended(Claim claim, Intent intent, byte[] sealed) {
    public ResourceKey key() {
      return claim.key();
    }

    /** About how many characters it has. */
    public long size() {
      return 500 + 2L * sealed.length;
    }
  }

  /** Replaces those of different keys; empty where the claim no longer holds the row. */
  public static List<Optional<Record>> write(Connection connection, List<Amended> all)
      throws SQLException {
    return ResourceRow.written(connection, SQL, all, Amended::key, AmendmentsStatement::add);
  }

  private static void add(Rows out, Amended amended) {
    Claim claim = amended.claim();
    Intent intent = amended.intent();
    out.put("token", claim.fencingToken()).put("incarnation", claim.incarnation());
    out.put("intent", "\\x" + HexFormat.of().formatHex(amended.sealed()));
    out.put("natural_key", intent.naturalKey()).put("account", intent.account());
    out.put("body_hash", intent.body() == null ? null : Json.fingerprint(intent.body()));
  }
}
