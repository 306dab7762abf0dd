package dev.pawl.server.store.postgres.query;

import dev.pawl.server.run.LogLine;
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
 * which is parents before their children. That there are few of them is said by a bound on their
 * numbers: else PostgreSQL, planning this once, takes them for a hundred and reads all runs
 * instead.
 */
public final class ChangesStatement {
  private static final String FENCED =
      """
      with change as (
        select * from json_to_recordset(?) as c(n int8, namespace text, run_id text,
          generation int8, events int4, status text, reason text, message text, outputs text)
        where n between 1 and 1000
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
        from json_to_recordset(?) as s(n int8, attempt int4, step_id text, iteration text,
          ordinal int4, name text, model_type text, method text, instance text, status text,
          outcome text, fingerprint text, output text, differs text, warnings text, error text,
          tries int4, waiting_for text, ago int8, ended bool)
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
        -- A statement that its caller has given up may come after the one that followed it.
        where step_execution.ended_at is null or excluded.ended_at is not null
      ), told as (
        insert into run_event (namespace, run_id, sequence, at, kind, payload)
        select f.namespace, f.run_id, f.before + e.k, now(), e.kind, e.payload::jsonb
        from json_to_recordset(?) as e(n int8, k int4, kind text, payload text)
        join fenced f on f.n = e.n
        union all
        select f.namespace, f.run_id, f.event_sequence, now(), 'RUN',
          jsonb_strip_nulls(jsonb_build_object('status', f.ended, 'reason', f.reason,
            'message', f.message, 'attempt', f.attempt, 'generation', f.generation,
            'recoveries', f.recoveries))
        from fenced f where f.ended is not null
      )
      """;

  /** Only where something was logged: each table that a statement may write to is set up for it. */
  private static final String LOGGED =
      """
      , logged as (
        insert into log_line (namespace, run_id, generation, number, sequence, at, attempt,
          step_id, iteration, level, message)
        select f.namespace, f.run_id, f.generation, l.number, f.before + l.k,
          now() - l.ago * interval '1 microsecond', l.attempt, l.step_id, l.iteration, l.level,
          l.message
        from json_to_recordset(?) as l(n int8, k int4, number int8, ago int8, attempt int4,
          step_id text, iteration text, level text, message text)
        join fenced f on f.n = l.n
        on conflict do nothing
      )
      """;

  private static final String ENDED =
      """
      , ended as (
        update attempt a set
          status = f.ended, status_reason = f.reason, message = f.message, ended_at = now()
        from fenced f
        where f.ended is not null and f.attempt > 1
          and a.namespace = f.namespace and a.run_id = f.run_id and a.attempt = f.attempt
        returning f.n
      )
      -- A later attempt without its row divides by zero, which undoes the statement.
      select n, now(), event_sequence, case when ended is not null and attempt > 1
        then 1 / (select count(*) from ended e where e.n = fenced.n) end
      from fenced
      """;

  private static final String WITHOUT_LINES = FENCED + ENDED;
  private static final String WITH_LINES = FENCED + LOGGED + ENDED;

  private ChangesStatement() {}

  /** One change of a run that its owner makes. */
  public record Owned(RunKey run, long generation, RunChange change) {}

  /** Whether a change can be written so: it says all that it changes. */
  public static boolean takes(RunChange change) {
    RunChange.End end = change.end();
    // Who is cancelled without a message of its own gets the asker's.
    boolean whole = end == null || end.status() != RunStatus.CANCELLED || end.message() != null;
    return whole && change.wakes() == null && change.files() == null;
  }

  /** About how many characters it has. */
  public static long size(RunChange change) {
    long size = 0;
    for (StepRecord step : change.steps()) {
      StepError error = step.error();
      size += step.output() == null ? 100 : step.output().toString().length();
      size += error == null ? 0 : error.message().length();
    }
    for (RunChange.Logged logged : change.logged()) {
      size += 100 + logged.line().message().length();
    }
    return size;
  }

  private record Id(RunKey run, long generation) {}

  /** Those of one run, taken together. */
  private static final class Together {
    private final List<RunChange> changes = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private RunChange.@Nullable End end;

    List<StepRecord> steps() {
      return changes.stream().flatMap(change -> change.steps().stream()).toList();
    }

    int events() {
      int events = end == null ? 0 : 1;
      for (RunChange change : changes) {
        events += change.logged().size() + change.steps().size();
      }
      return events;
    }
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
      written.add(Optional.empty());
      if (together.end == null) {
        together.changes.add(owned.change());
        together.places.add(i);
        together.end = owned.change().end();
      }
    }
    List<Map.Entry<Id, Together>> ordered = new ArrayList<>(runs.entrySet());
    ordered.sort(
        (a, b) -> {
          int namespaces = a.getKey().run.namespace().compareTo(b.getKey().run.namespace());
          return namespaces != 0
              ? namespaces
              : a.getKey().run.runId().compareTo(b.getKey().run.runId());
        });
    boolean silent = changes.stream().allMatch(owned -> owned.change().logged().isEmpty());
    try (PreparedStatement statement =
        connection.prepareStatement(silent ? WITHOUT_LINES : WITH_LINES)) {
      bind(statement, ordered, silent);
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

  private static void bind(
      PreparedStatement statement, List<Map.Entry<Id, Together>> runs, boolean silent)
      throws SQLException {
    Rows changes = new Rows();
    Rows steps = new Rows();
    Rows events = new Rows();
    Rows lines = new Rows();
    long n = 0;
    for (Map.Entry<Id, Together> each : runs) {
      n++;
      Together together = each.getValue();
      add(changes, n, each.getKey(), together);
      tell(lines, events, n, together);
      for (StepRecord step : newest(together.steps())) {
        add(steps, n, step);
      }
    }
    changes.bind(statement, 1);
    steps.bind(statement, 2);
    events.bind(statement, 3);
    if (!silent) {
      lines.bind(statement, 4);
    }
  }

  /** First steps log, then they end. */
  private static void tell(Rows lines, Rows events, long n, Together together) {
    int k = 0;
    for (RunChange change : together.changes) {
      for (RunChange.Logged logged : change.logged()) {
        add(lines.begin().put("n", n).put("k", ++k), logged);
      }
      for (StepRecord step : change.steps()) {
        EventStatements.Told told = EventStatements.told(step);
        events.begin().put("n", n).put("k", ++k).put("kind", told.kind());
        events.put("payload", Values.text(told.payload())).end();
      }
    }
  }

  private static void add(Rows rows, RunChange.Logged logged) {
    LogLine line = logged.line();
    long ago = Math.max(0, System.nanoTime() - logged.nanos());
    rows.put("number", logged.number()).put("ago", TimeUnit.NANOSECONDS.toMicros(ago));
    rows.put("attempt", line.attempt()).put("step_id", line.step().stepId());
    rows.put("iteration", line.step().iteration()).put("level", line.level().name());
    rows.put("message", line.message()).end();
  }

  private static void add(Rows rows, long n, Id id, Together together) {
    RunChange.End end = together.end;
    rows.begin().put("n", n).put("namespace", id.run.namespace()).put("run_id", id.run.runId());
    rows.put("generation", id.generation).put("events", together.events());
    if (end != null) {
      rows.put("status", end.status().name()).put("reason", end.reason());
      rows.put("message", end.message());
      rows.put("outputs", end.outputs() == null ? null : Values.text(end.outputs()));
    }
    rows.end();
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

  private static void add(Rows rows, long n, StepRecord step) {
    rows.begin().put("n", n).put("attempt", step.attempt()).put("step_id", step.key().stepId());
    rows.put("iteration", step.key().iteration()).put("ordinal", step.ordinal());
    rows.put("name", step.name()).put("model_type", step.modelType()).put("method", step.method());
    rows.put("instance", step.instance()).put("status", step.status().name());
    rows.put("outcome", step.outcome() == null ? null : step.outcome().name());
    rows.put("fingerprint", step.fingerprint());
    rows.put("output", step.output() == null ? null : Values.text(step.output()));
    rows.put("differs", Values.text(StepJson.differs(step.differs())));
    rows.put("warnings", Values.text(StepJson.warnings(step.warnings())));
    rows.put("error", step.error() == null ? null : Values.text(StepJson.error(step.error())));
    rows.put("tries", step.tries()).put("waiting_for", step.waitingFor());
    Long ago = ago(step.startedAt());
    if (ago != null) {
      rows.put("ago", ago);
    }
    rows.put("ended", step.endedAt() != null).end();
  }

  /** In microseconds; of one that the database has said already the row keeps its own. */
  private static @Nullable Long ago(@Nullable Instant started) {
    return started == null
        ? null
        : StepRecord.age(started).map(TimeUnit.MICROSECONDS::convert).orElse(0L);
  }
}
