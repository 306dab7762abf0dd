package dev.pawl.server.store.postgres.query;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.RunChange.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What owners write about many runs, in one statement: the fence of each run first, then the steps,
 * the events and the ends of those that have passed it. Rows are locked in the order of run ids,
 * which is parents before their children.
 */
public final class ChangesStatement {
  private static final String SQL =
      """
      with change as (
        select * from unnest(
          ?::text[], ?::text[], ?::int8[], ?::int4[], ?::text[], ?::text[], ?::text[], ?::text[])
          with ordinality
          as c(namespace, run_id, generation, events, status, reason, message, outputs, n)
      ), fenced as (
        update run r set
          event_sequence = r.event_sequence + c.events,
          status = coalesce(c.status, r.status),
          reason = case when c.status is null then r.reason else c.reason end,
          message = case when c.status is null then r.message else c.message end,
          outputs = case when c.status is null then r.outputs else c.outputs::jsonb end,
          executor_id = case when c.status is null then r.executor_id end,
          ended_at = case when c.status is null then r.ended_at else now() end
        from change c
        where r.namespace = c.namespace and r.run_id = c.run_id
          and r.generation = c.generation and r.status = 'RUNNING'
        returning c.n, r.namespace, r.run_id, r.attempt, r.generation, r.recoveries,
          r.event_sequence, r.event_sequence - c.events as before,
          c.status as ended, c.reason, c.message
      ), step as (
        insert into step_execution (namespace, run_id, attempt, step_id, iteration, ordinal, name,
          model_type, method, instance, status, outcome, fingerprint, output, differs, warnings,
          error, tries, waiting_for, started_at, ended_at)
        select f.namespace, f.run_id, s.attempt, s.step_id, s.iteration, s.ordinal, s.name,
          s.model_type, s.method, s.instance, s.status, s.outcome, s.fingerprint, s.output::jsonb,
          s.differs::jsonb, s.warnings::jsonb, s.error::jsonb, s.tries, s.waiting_for,
          now() - s.ago * interval '1 microsecond', case when s.ended then now() end
        from unnest(
          ?::int8[], ?::int4[], ?::text[], ?::text[], ?::int4[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::int4[], ?::text[], ?::int8[], ?::bool[])
          as s(n, attempt, step_id, iteration, ordinal, name, model_type, method, instance, status,
            outcome, fingerprint, output, differs, warnings, error, tries, waiting_for, ago, ended)
        join fenced f on f.n = s.n
        on conflict (namespace, run_id, attempt, step_id, iteration) do update set
          ordinal = excluded.ordinal, name = excluded.name, model_type = excluded.model_type,
          method = excluded.method, instance = excluded.instance, status = excluded.status,
          outcome = excluded.outcome, fingerprint = excluded.fingerprint,
          output = excluded.output, differs = excluded.differs, warnings = excluded.warnings,
          error = excluded.error, tries = excluded.tries, waiting_for = excluded.waiting_for,
          started_at = case when excluded.started_at is not null
            then coalesce(step_execution.started_at, excluded.started_at) end,
          ended_at = case when excluded.ended_at is not null
            then coalesce(step_execution.ended_at, excluded.ended_at) end
      ), told as (
        insert into run_event (namespace, run_id, sequence, at, kind, payload)
        select f.namespace, f.run_id, f.before + e.k, now(), 'STEP', e.payload::jsonb
        from unnest(?::int8[], ?::int4[], ?::text[]) as e(n, k, payload)
        join fenced f on f.n = e.n
        union all
        select f.namespace, f.run_id, f.event_sequence, now(), 'RUN',
          jsonb_strip_nulls(jsonb_build_object('status', f.ended, 'reason', f.reason,
            'message', f.message, 'attempt', f.attempt, 'generation', f.generation,
            'recoveries', f.recoveries))
        from fenced f where f.ended is not null
      ), ended as (
        update attempt a set
          status = f.ended, status_reason = f.reason, message = f.message, ended_at = now()
        from fenced f
        where f.ended is not null and a.namespace = f.namespace and a.run_id = f.run_id
          and a.attempt = f.attempt
      )
      select n, now(), event_sequence from fenced
      """;

  private ChangesStatement() {}

  /** One change of a run that its owner makes. */
  public record Owned(RunKey run, long generation, RunChange change) {}

  /** Whether a change can be written so: it says all that it changes. */
  public static boolean takes(RunChange change) {
    RunChange.End end = change.end();
    // Who is cancelled without a message of its own gets the asker's.
    boolean whole = end == null || end.status() != RunStatus.CANCELLED || end.message() != null;
    return whole && change.wakes() == null && change.files() == null && change.logged().isEmpty();
  }

  /** About how many characters it has. */
  public static long size(RunChange change) {
    long size = 0;
    for (StepRecord step : change.steps()) {
      StepError error = step.error();
      size += step.output() == null ? 100 : step.output().toString().length();
      size += error == null ? 0 : error.message().length();
    }
    return size;
  }

  private record Id(RunKey run, long generation) {}

  /** Those of one run, taken together. */
  private static final class Together {
    private final List<StepRecord> steps = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private RunChange.@Nullable End end;
  }

  /**
   * Writes them all.
   *
   * @return for each when it was written; empty where the fence refused it
   */
  public static List<Optional<Written>> write(Connection connection, List<Owned> changes)
      throws SQLException {
    Map<Id, Together> runs = new LinkedHashMap<>();
    List<Optional<Written>> written = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      Owned owned = changes.get(i);
      Together together =
          runs.computeIfAbsent(new Id(owned.run(), owned.generation()), k -> new Together());
      together.steps.addAll(owned.change().steps());
      together.places.add(i);
      together.end = owned.change().end() == null ? together.end : owned.change().end();
      written.add(Optional.empty());
    }
    List<Map.Entry<Id, Together>> ordered = new ArrayList<>(runs.entrySet());
    ordered.sort(
        (a, b) -> {
          int namespaces = a.getKey().run.namespace().compareTo(b.getKey().run.namespace());
          return namespaces != 0
              ? namespaces
              : a.getKey().run.runId().compareTo(b.getKey().run.runId());
        });
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      bind(statement, ordered);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Instant at = rows.getObject(2, OffsetDateTime.class).toInstant();
          Optional<Written> one = Optional.of(new Written(at, rows.getLong(3)));
          ordered
              .get((int) rows.getLong(1) - 1)
              .getValue()
              .places
              .forEach(i -> written.set(i, one));
        }
      }
    }
    return written;
  }

  private static void bind(PreparedStatement statement, List<Map.Entry<Id, Together>> runs)
      throws SQLException {
    Arrays changes = new Arrays("text", "text", "int8", "int4", "text", "text", "text", "text");
    Arrays steps =
        new Arrays(
            "int8", "int4", "text", "text", "int4", "text", "text", "text", "text", "text", "text",
            "text", "text", "text", "text", "text", "int4", "text", "int8", "bool");
    Arrays events = new Arrays("int8", "int4", "text");
    long n = 0;
    for (Map.Entry<Id, Together> each : runs) {
      n++;
      Together together = each.getValue();
      RunChange.End end = together.end;
      changes.add(
          each.getKey().run.namespace(),
          each.getKey().run.runId(),
          each.getKey().generation,
          together.steps.size() + (end == null ? 0 : 1),
          end == null ? null : end.status().name(),
          end == null ? null : end.reason(),
          end == null ? null : end.message(),
          end == null || end.outputs() == null ? null : Values.text(end.outputs()));
      int k = 0;
      for (StepRecord step : together.steps) {
        events.add(n, ++k, Values.text(StepJson.write(step, EventStatements.VALUE_LIMIT)));
      }
      for (StepRecord step : newest(together.steps)) {
        add(steps, n, step);
      }
    }
    events.bind(statement, steps.bind(statement, changes.bind(statement, 1)));
  }

  private record StepId(int attempt, StepKey key) {}

  /** A statement replaces a row once. */
  private static Iterable<StepRecord> newest(List<StepRecord> steps) {
    if (steps.size() < 2) {
      return steps;
    }
    Map<StepId, StepRecord> newest = new HashMap<>();
    steps.forEach(step -> newest.put(new StepId(step.attempt(), step.key()), step));
    return newest.values();
  }

  private static void add(Arrays rows, long n, StepRecord step) {
    rows.add(
        n,
        step.attempt(),
        step.key().stepId(),
        step.key().iteration(),
        step.ordinal(),
        step.name(),
        step.modelType(),
        step.method(),
        step.instance(),
        step.status().name(),
        step.outcome() == null ? null : step.outcome().name(),
        step.fingerprint(),
        step.output() == null ? null : Values.text(step.output()),
        step.differs().isEmpty() ? "[]" : Values.text(StepJson.differs(step.differs())),
        step.warnings().isEmpty() ? "[]" : Values.text(StepJson.warnings(step.warnings())),
        step.error() == null ? null : Values.text(StepJson.error(step.error())),
        step.tries(),
        step.waitingFor(),
        ago(step.startedAt()),
        step.endedAt() != null);
  }

  /** In microseconds; of one that the database has said already the row keeps its own. */
  private static @Nullable Long ago(@Nullable Instant started) {
    return started == null
        ? null
        : StepRecord.age(started).map(TimeUnit.MICROSECONDS::convert).orElse(0L);
  }
}
