package dev.pawl.server.store.postgres.query;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.StartAnswer;
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
 * Stores runs with their keys and first events, in one statement. A run whose key is taken is not
 * stored; what that key stands for is said at once.
 */
public final class StartsStatement {
  private static final String SQL =
      """
      with given as (
        select * from json_to_recordset(?) as g(n int8, namespace text, run_id text,
          workflow_name text, workflow_version int8, definition text, definition_file text,
          definition_sha text, inputs text, recovery_strategy text, max_recoveries int4,
          requester text, executor_id text, rpc text, key text, fingerprint text, request text,
          retention int8, latest bool)
        where n between 1 and 1000 and (not latest or exists (
          select 1 from workflow w where w.namespace = g.namespace and w.name = g.workflow_name
            and w.version = g.workflow_version))
          and (definition is not null or exists (
            select 1 from definition d where d.namespace = g.namespace
              and d.sha = g.definition_sha and d.unused_since is null))
      ), defined as (
        insert into definition (namespace, sha, text)
        select distinct on (namespace, definition_sha) namespace, definition_sha, definition
        from given where definition is not null order by namespace, definition_sha
        on conflict (namespace, sha) do update set unused_since = null
      ), taken as (
        insert into idempotency_key
          (namespace, rpc, key, fingerprint, request, run_id, created_at, expires_at)
        select namespace, rpc, key, fingerprint, request::jsonb, run_id, now(),
          now() + retention * interval '1 microsecond'
        from given where key is not null
        on conflict do nothing
        returning namespace, run_id
      ), started as (
        insert into run (namespace, run_id, workflow_name, workflow_version, definition_file,
          definition_sha, inputs, status, executor_id, created_at, started_at,
          recovery_strategy, max_recoveries, requester, idempotency_key, depth, event_sequence)
        select namespace, run_id, workflow_name, workflow_version, definition_file,
          definition_sha, inputs::jsonb,
          case when executor_id is null then 'QUEUED' else 'RUNNING' end, executor_id, now(),
          case when executor_id is not null then now() end, recovery_strategy, max_recoveries,
          requester, key, 0, 1
        from given g
        where key is null or (namespace, run_id) in (select namespace, run_id from taken)
        returning namespace, run_id, status, executor_id
      ), told as (
        insert into run_event (namespace, run_id, sequence, at, kind, payload)
        select namespace, run_id, 1, now(), 'RUN', jsonb_strip_nulls(jsonb_build_object(
          'status', status, 'executorId', executor_id, 'attempt', 1, 'generation', 1,
          'recoveries', 0))
        from started
      ), answered as materialized (
        select *, (namespace, run_id) in (select namespace, run_id from started) as started
        from given
      )
      select g.n, now(), g.started,
      """
          + KnownKeysStatement.SAID
          + """
          from answered g
          left join lateral (
            select * from idempotency_key k where k.namespace = g.namespace and k.rpc = g.rpc
              and k.key = case when not g.started then g.key end
            limit 1) k on true
          """;

  private StartsStatement() {}

  /**
   * A run to be stored.
   *
   * @param definitionSha of its definition
   * @param isDefined whether the definition is taken for stored already, and not sent
   */
  public record Start(NewRun run, String definitionSha, boolean isDefined) {
    /** About how many characters it has. */
    public long size() {
      return (isDefined ? 0 : run.definition().length()) + run.inputs().toString().length();
    }
  }

  /** Whether a run can be stored so. */
  public static boolean takes(NewRun run) {
    return run.parent() == null;
  }

  /**
   * Stores them all; no two may have one key.
   *
   * @return for each what came of it; empty where its key was taken just now; outdated also where
   *     its definition was not stored after all
   */
  public static List<Optional<StartAnswer>> write(Connection connection, List<Start> runs)
      throws SQLException {
    List<Optional<StartAnswer>> answers = new ArrayList<>();
    runs.forEach(run -> answers.add(Optional.of(new StartAnswer.Outdated())));
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      bind(statement, runs);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int place = (int) rows.getLong(1) - 1;
          answers.set(place, answer(runs.get(place).run(), rows));
        }
      }
    }
    return answers;
  }

  private static Optional<StartAnswer> answer(NewRun run, ResultSet row) throws SQLException {
    if (row.getBoolean(3)) {
      Instant at = row.getObject(2, OffsetDateTime.class).toInstant();
      return Optional.of(new StartAnswer.Started(started(run, at)));
    }
    return Optional.ofNullable(KnownKeysStatement.known(row, 4));
  }

  private static void bind(PreparedStatement statement, List<Start> starts) throws SQLException {
    Rows rows = new Rows();
    long n = 0;
    for (Start start : starts) {
      NewRun run = start.run();
      rows.begin().put("n", ++n).put("namespace", run.key().namespace());
      rows.put("run_id", run.key().runId()).put("workflow_name", run.workflowName());
      rows.put("workflow_version", run.workflowVersion());
      rows.put("definition", start.isDefined() ? null : run.definition());
      rows.put("definition_file", run.definitionFile());
      rows.put("definition_sha", start.definitionSha()).put("inputs", Values.text(run.inputs()));
      rows.put("recovery_strategy", run.recoveryStrategy());
      rows.put("max_recoveries", run.maxRecoveries()).put("requester", run.requester());
      rows.put("executor_id", run.executorId()).put("latest", run.latest());
      Idempotency key = run.idempotency();
      if (key != null) {
        rows.put("rpc", key.rpc()).put("key", key.key()).put("fingerprint", key.fingerprint());
        rows.put("request", Values.text(key.request()));
        rows.put("retention", TimeUnit.MICROSECONDS.convert(key.retention()));
      }
      rows.end();
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
