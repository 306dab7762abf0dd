package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.StoredResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Stores what many have seen of objects that are present, in one statement. The version rises only
 * where the data are others.
 */
public final class ConfirmationsStatement {
  private static final String SQL =
      """
      with seen as (
        select * from json_to_recordset(?) as s(n int8, namespace text, model_type text,
          instance text, output_spec text, incarnation int8, version int8, external_id text,
          data text, run_id text)
        where n between 1 and 1000
      ), confirmed as (
        update resource r set
          state = 'PRESENT',
          confirmed = true,
          verified_at = now(),
          version = r.version
            + case when r.last_data is distinct from s.data::jsonb then 1 else 0 end,
          last_data = s.data::jsonb,
          %s,
          updated_at = now()
        from seen s
        where r.namespace = s.namespace and r.model_type = s.model_type
          and r.instance = s.instance and r.output_spec = s.output_spec
          and (r.state = 'PRESENT'
            or r.state = 'CLAIMED' and r.claim_mode = 'CHANGE' and r.lease_until <= now())
          and r.incarnation = s.incarnation and r.version = s.version
          and r.external_id is not distinct from s.external_id
        returning r.*, r.version > s.version as is_new, s.run_id
      ), kept as (
        insert into resource_version (namespace, model_type, instance, output_spec, version,
          incarnation, data, outcome, external_id, run_id, at)
        select namespace, model_type, instance, output_spec, version, incarnation, last_data,
          'VERIFIED', external_id, run_id, now()
        from confirmed where is_new
      )
      """
              .formatted(ResourceRow.NO_CLAIM)
          + ResourceRow.SELECT
          + " from confirmed as resource";

  private ConfirmationsStatement() {}

  /**
   * What was seen.
   *
   * @param read the row that says what to look at
   * @param runId the run that has looked; null for a client
   */
  public record Seen(StoredResource read, JsonNode data, @Nullable String runId) {
    public ResourceKey key() {
      return read.key();
    }

    /** About how many characters it has. */
    public long size() {
      return 500 + data.toString().length();
    }
  }

  /** Stores those of different keys; empty where a row is no longer as it was read. */
  public static List<Optional<Record>> write(Connection connection, List<Seen> all)
      throws SQLException {
    return ResourceRow.written(connection, SQL, all, Seen::key, ConfirmationsStatement::add);
  }

  private static void add(Rows out, Seen seen) {
    StoredResource read = seen.read();
    out.put("incarnation", read.incarnation()).put("version", read.version());
    out.put("external_id", read.externalId()).put("data", Values.text(seen.data()));
    out.put("run_id", seen.runId());
  }
}
