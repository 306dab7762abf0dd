package dev.pawl.server.store.postgres.query;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.NewRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stores runs with their keys, first attempts and first events, in one statement. A run whose key
 * is taken is not stored.
 */
public final class StartsStatement {
  private static final String SQL =
      """
      with given as (
        select * from unnest(
          ?::text[], ?::text[], ?::text[], ?::int8[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::int4[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::int8[])
          with ordinality
          as g(namespace, run_id, workflow_name, workflow_version, definition, definition_file,
            definition_sha, inputs, recovery_strategy, max_recoveries, requester, executor_id,
            rpc, key, fingerprint, request, retention, n)
      ), taken as (
        insert into idempotency_key
          (namespace, rpc, key, fingerprint, request, run_id, created_at, expires_at)
        select namespace, rpc, key, fingerprint, request::jsonb, run_id, now(),
          now() + retention * interval '1 microsecond'
        from given where key is not null
        on conflict do nothing
        returning namespace, run_id
      ), started as (
        insert into run (namespace, run_id, workflow_name, workflow_version, definition,
          definition_file, definition_sha, inputs, status, executor_id, created_at, started_at,
          recovery_strategy, max_recoveries, requester, idempotency_key, depth, event_sequence)
        select namespace, run_id, workflow_name, workflow_version, definition, definition_file,
          definition_sha, inputs::jsonb,
          case when executor_id is null then 'QUEUED' else 'RUNNING' end, executor_id, now(),
          case when executor_id is not null then now() end, recovery_strategy, max_recoveries,
          requester, key, 0, 1
        from given g
        where key is null or exists (
          select 1 from taken t where t.namespace = g.namespace and t.run_id = g.run_id)
        returning namespace, run_id, status, executor_id
      ), attempted as (
        insert into attempt (namespace, run_id, attempt, reason, requester, request_id, status,
          started_at, definition, inputs)
        select g.namespace, g.run_id, 1, 'START', g.requester, coalesce(g.key, g.run_id), s.status,
          now(), g.definition, g.inputs::jsonb
        from given g join started s on s.namespace = g.namespace and s.run_id = g.run_id
      ), told as (
        insert into run_event (namespace, run_id, sequence, at, kind, payload)
        select namespace, run_id, 1, now(), 'RUN', jsonb_strip_nulls(jsonb_build_object(
          'status', status, 'executorId', executor_id, 'attempt', 1, 'generation', 1,
          'recoveries', 0))
        from started
      )
      select g.n, now()
      from given g join started s on s.namespace = g.namespace and s.run_id = g.run_id
      """;

  private StartsStatement() {}

  /** Whether a run can be stored so. */
  public static boolean takes(NewRun run) {
    return run.parent() == null;
  }

  /** About how many characters it has. */
  public static long size(NewRun run) {
    return run.definition().length() + run.inputs().toString().length();
  }

  /**
   * Stores them all; no two may have one key.
   *
   * @return for each the run as it is stored; empty where its key was taken
   */
  public static List<Optional<RunRecord>> write(Connection connection, List<NewRun> runs)
      throws SQLException {
    List<Optional<RunRecord>> stored = new ArrayList<>();
    runs.forEach(run -> stored.add(Optional.empty()));
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      bind(statement, runs);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int place = (int) rows.getLong(1) - 1;
          Instant at = rows.getObject(2, OffsetDateTime.class).toInstant();
          stored.set(place, Optional.of(started(runs.get(place), at)));
        }
      }
    }
    return stored;
  }

  private static void bind(PreparedStatement statement, List<NewRun> runs) throws SQLException {
    Arrays rows =
        new Arrays(
            "text", "text", "text", "int8", "text", "text", "text", "text", "text", "int4", "text",
            "text", "text", "text", "text", "text", "int8");
    for (NewRun run : runs) {
      Idempotency key = run.idempotency();
      rows.add(
          run.key().namespace(),
          run.key().runId(),
          run.workflowName(),
          run.workflowVersion(),
          run.definition(),
          run.definitionFile(),
          run.definitionSha(),
          Values.text(run.inputs()),
          run.recoveryStrategy(),
          run.maxRecoveries(),
          run.requester(),
          run.executorId(),
          key == null ? null : key.rpc(),
          key == null ? null : key.key(),
          key == null ? null : key.fingerprint(),
          key == null ? null : Values.text(key.request()),
          key == null ? null : (Long) TimeUnit.MICROSECONDS.convert(key.retention()));
    }
    rows.bind(statement, 1);
  }

  private static RunRecord started(NewRun run, Instant at) {
    boolean owned = run.executorId() != null;
    Idempotency key = run.idempotency();
    return new RunRecord(
        run.key(),
        run.workflowName(),
        run.workflowVersion(),
        run.definition(),
        run.definitionFile(),
        run.inputs(),
        owned ? RunStatus.RUNNING : RunStatus.QUEUED,
        null,
        null,
        1,
        1,
        run.executorId(),
        0,
        run.recoveryStrategy(),
        run.maxRecoveries(),
        null,
        run.requester(),
        key == null ? null : key.key(),
        1,
        at,
        owned ? at : null,
        null,
        null,
        null,
        run.depth(),
        null,
        null,
        null);
  }
}
