package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RUN;

import dev.pawl.server.run.ParentStep;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.RunChange.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a run's row. Each raises the row's event sequence by the events that its transaction
 * then appends. Empty: the run is no longer as it was read.
 */
public final class RunStatements {
  private static final Duration SAME_CALL = Duration.ofSeconds(1);

  private RunStatements() {}

  public static RunRecord insert(DSLContext sql, NewRun run) {
    boolean owned = run.executorId() != null;
    ParentStep parent = run.parent();
    String definition = DefinitionStatements.put(sql, run.key().namespace(), run.definition());
    return sql.insertInto(RUN)
        .set(RUN.NAMESPACE, run.key().namespace())
        .set(RUN.RUN_ID, run.key().runId())
        .set(RUN.WORKFLOW_NAME, run.workflowName())
        .set(RUN.WORKFLOW_VERSION, run.workflowVersion())
        .set(RUN.DEFINITION_FILE, run.definitionFile())
        .set(RUN.DEFINITION_SHA, definition)
        .set(RUN.INPUTS, Values.json(run.inputs()))
        .set(RUN.STATUS, (owned ? RunStatus.RUNNING : RunStatus.QUEUED).name())
        .set(RUN.EXECUTOR_ID, run.executorId())
        .set(RUN.CREATED_AT, DatabaseTime.NOW)
        .set(RUN.STARTED_AT, owned ? DatabaseTime.NOW : DSL.castNull(RUN.STARTED_AT))
        .set(RUN.RECOVERY_STRATEGY, run.recoveryStrategy())
        .set(RUN.MAX_RECOVERIES, run.maxRecoveries())
        .set(RUN.REQUESTER, run.requester())
        .set(RUN.IDEMPOTENCY_KEY, run.idempotency() == null ? null : run.idempotency().key())
        .set(RUN.PARENT_RUN_ID, parent == null ? null : parent.runId())
        .set(RUN.PARENT_STEP_ID, parent == null ? null : parent.step().stepId())
        .set(RUN.PARENT_ITERATION, parent == null ? null : parent.step().iteration())
        .set(RUN.DEPTH, run.depth())
        .set(RUN.EVENT_SEQUENCE, 1L)
        .returningResult(RunRow.FIELDS)
        .fetchSingle(RunRow::read);
  }

  /**
   * The fence of an owner: locks the row and numbers the events of steps. It is part of every
   * step's writes, so it reads back nothing that grows with the run.
   *
   * @return with the sequence of the last of the events
   */
  public static Optional<Written> advance(DSLContext sql, RunKey run, long generation, int events) {
    return sql.update(RUN)
        .set(RUN.EVENT_SEQUENCE, RUN.EVENT_SEQUENCE.plus(events))
        .where(isOwned(run, generation))
        .returningResult(RUN.EVENT_SEQUENCE, DatabaseTime.NOW)
        .fetchOptional(row -> new Written(row.value2(), row.value1()));
  }

  /** The fence of an owner that ends the run: numbers the steps' events, and its own. */
  public static Optional<RunRecord> end(
      DSLContext sql, RunKey run, long generation, RunChange.End end, int events) {
    Map<Field<?>, @Nullable Object> set = ended(end.status(), end.reason(), end.message());
    set.put(RUN.OUTPUTS, Values.jsonb(end.outputs()));
    if (end.status() == RunStatus.CANCELLED && end.message() == null) {
      set.put(RUN.MESSAGE, RUN.CANCEL_REASON);
    }
    set.put(RUN.EVENT_SEQUENCE, RUN.EVENT_SEQUENCE.plus(events));
    return update(sql, set, isOwned(run, generation));
  }

  /** The fence of all that an owner writes. */
  static Condition isOwned(RunKey run, long generation) {
    return RunRow.is(run)
        .and(RUN.GENERATION.eq(generation))
        .and(RUN.STATUS.eq(RunStatus.RUNNING.name()));
  }

  /**
   * Begins a further attempt.
   *
   * @param events of the steps of the attempt before, which come before the run's own
   */
  public static Optional<RunRecord> begin(DSLContext sql, NewAttempt next, int events) {
    RunRecord read = next.read();
    Map<Field<?>, @Nullable Object> set = handed(next.executorId(), events);
    set.put(RUN.ATTEMPT, RUN.ATTEMPT.plus(1));
    set.put(RUN.REASON, null);
    set.put(RUN.MESSAGE, null);
    set.put(RUN.OUTPUTS, null);
    set.put(RUN.ENDED_AT, null);
    set.put(RUN.DEADLINE_AT, null);
    switch (next.reason()) {
      case RECOVERY -> set.put(RUN.RECOVERIES, RUN.RECOVERIES.plus(1));
      // Somebody wants it to go on after all; a recovery, though, must still be cancelled.
      case RETRY, START -> {
        set.put(RUN.CANCEL_REQUESTED_AT, null);
        set.put(RUN.CANCEL_REASON, null);
        set.put(RUN.CANCEL_AGAIN_AT, null);
        set.put(RUN.RECOVERIES, 0);
      }
    }
    if (next.definition() != null) {
      set.put(RUN.WORKFLOW_VERSION, 0L);
      set.put(
          RUN.DEFINITION_SHA,
          DefinitionStatements.put(sql, read.key().namespace(), next.definition()));
    }
    if (next.recovery() != null) {
      set.put(RUN.RECOVERY_STRATEGY, next.recovery().strategy().name().toLowerCase(Locale.ROOT));
      set.put(RUN.MAX_RECOVERIES, next.recovery().maxRecoveries());
    }
    if (next.definitionFile() != null) {
      set.put(RUN.DEFINITION_FILE, next.definitionFile());
    }
    if (next.inputs() != null) {
      set.put(RUN.INPUTS, Values.json(next.inputs()));
    }
    return update(sql, set, isAsRead(read).and(RUN.ARCHIVED_AT.isNull()));
  }

  /** Puts an ended run aside. */
  public static Optional<RunRecord> archive(DSLContext sql, RunRecord read) {
    return update(
        sql,
        Map.of(RUN.ARCHIVED_AT, DatabaseTime.NOW),
        isAsRead(read).and(RUN.ENDED_AT.isNotNull()).and(RUN.ARCHIVED_AT.isNull()));
  }

  /** Locks an ended run; false when it is no longer as it was read. */
  public static boolean lockEnded(DSLContext sql, RunRecord read) {
    return lock(sql, isAsRead(read).and(RUN.ENDED_AT.isNotNull()).and(RUN.ARCHIVED_AT.isNull()));
  }

  /** Locks a run that somebody runs; false when it is no longer as it was read. */
  public static boolean lockRunning(DSLContext sql, RunRecord read) {
    return lock(sql, isAsRead(read).and(RUN.STATUS.eq(RunStatus.RUNNING.name())));
  }

  private static boolean lock(DSLContext sql, Condition based) {
    return sql.selectOne().from(RUN).where(based).forUpdate().fetchOptional().isPresent();
  }

  public static List<RunRecord> claimQueued(DSLContext sql, String executorId, int limit) {
    return claim(sql, executorId, limit, RUN.STATUS.eq(RunStatus.QUEUED.name()), RUN.CREATED_AT);
  }

  /** Runs that were put down and whose time has come. */
  public static List<RunRecord> claimWoken(DSLContext sql, String executorId, int limit) {
    Condition due = RUN.STATUS.eq(RunStatus.WAITING.name()).and(RUN.WAKE_AT.le(DatabaseTime.NOW));
    return claim(sql, executorId, limit, due, RUN.WAKE_AT);
  }

  private static List<RunRecord> claim(
      DSLContext sql, String executorId, int limit, Condition claimable, Field<Instant> first) {
    if (Profile.isPortable(sql)) {
      return claimOneByOne(sql, executorId, limit, claimable, first);
    }
    var due =
        DSL.name("due")
            .as(
                DSL.select(RUN.NAMESPACE, RUN.RUN_ID)
                    .from(RUN)
                    .where(claimable)
                    .orderBy(first)
                    .limit(limit)
                    .forUpdate()
                    .skipLocked());
    List<RunRecord> claimed =
        sql.with(due)
            .update(RUN)
            .set(handed(executorId, 0))
            .where(
                DSL.row(RUN.NAMESPACE, RUN.RUN_ID)
                    .in(DSL.select(due.field(RUN.NAMESPACE), due.field(RUN.RUN_ID)).from(due)))
            .returningResult(RunRow.FIELDS)
            .fetch(RunRow::read);
    return claimed.stream().sorted(Comparator.comparing(RunRecord::createdAt)).toList();
  }

  /**
   * Reads what there is and takes what is still as it was read. Replicas take the rows in one
   * order, so that they wait for each other and not in a circle.
   */
  private static List<RunRecord> claimOneByOne(
      DSLContext sql, String executorId, int limit, Condition claimable, Field<Instant> first) {
    List<RunRecord> read =
        sql.select(RunRow.FIELDS)
            .from(RUN)
            .where(claimable)
            .orderBy(first)
            .limit(limit)
            .fetch(RunRow::read);
    return read.stream()
        .sorted(
            Comparator.comparing((RunRecord run) -> run.key().namespace())
                .thenComparing(run -> run.key().runId()))
        .flatMap(run -> update(sql, handed(executorId, 0), isAsRead(run).and(claimable)).stream())
        .sorted(Comparator.comparing(RunRecord::createdAt))
        .toList();
  }

  /**
   * Ends a run that its owner has lost.
   *
   * @param events of its steps, which come before its own
   */
  public static Optional<RunRecord> fail(
      DSLContext sql, RunRecord read, String reason, String message, int events) {
    Map<Field<?>, @Nullable Object> set = handed(null, events);
    set.putAll(ended(RunStatus.FAILED, reason, message));
    return update(sql, set, isAsRead(read));
  }

  /**
   * The fence of an owner that does not change the run: its row is locked against a change of
   * hands.
   *
   * @return whether the run is still under way in this generation
   */
  public static boolean fence(DSLContext sql, RunKey run, long generation) {
    return sql.selectOne().from(RUN).where(isOwned(run, generation)).forShare().fetch().size() == 1;
  }

  /** Locks a run. */
  public static Optional<RunRecord> lock(DSLContext sql, RunKey run) {
    return sql.select(RunRow.FIELDS)
        .from(RUN)
        .where(RunRow.is(run))
        .forUpdate()
        .fetchOptional(RunRow::read);
  }

  /** Ends a locked run that nobody has begun. */
  public static RunRecord cancelQueued(DSLContext sql, RunRecord locked, String reason) {
    Map<Field<?>, @Nullable Object> set = handed(null, 0);
    set.putAll(ended(RunStatus.CANCELLED, "CANCELLED", reason));
    set.put(RUN.CANCEL_REQUESTED_AT, DatabaseTime.NOW);
    set.put(RUN.CANCEL_REASON, reason);
    return update(sql, set, isAsRead(locked)).orElseThrow();
  }

  /** Leaves word on a locked run for its owner. */
  public static RunRecord askForCancel(DSLContext sql, RunRecord locked, String reason) {
    Map<Field<?>, @Nullable Object> set = new HashMap<>();
    set.put(RUN.CANCEL_REQUESTED_AT, DatabaseTime.NOW);
    set.put(RUN.CANCEL_REASON, reason);
    set.put(RUN.WAKE_AT, DatabaseTime.NOW);
    set.put(RUN.EVENT_SEQUENCE, RUN.EVENT_SEQUENCE.plus(1));
    return update(sql, set, isAsRead(locked)).orElseThrow();
  }

  /** A second time; what comes within a moment of the first is the same call repeated. */
  public static Optional<RunRecord> askAgain(DSLContext sql, RunRecord locked) {
    Map<Field<?>, @Nullable Object> set = new HashMap<>();
    set.put(RUN.CANCEL_AGAIN_AT, DatabaseTime.NOW);
    set.put(RUN.WAKE_AT, DatabaseTime.NOW);
    return update(
        sql,
        set,
        isAsRead(locked)
            .and(RUN.CANCEL_AGAIN_AT.isNull())
            .and(RUN.CANCEL_REQUESTED_AT.le(DatabaseTime.ago(SAME_CALL))));
  }

  private static Optional<RunRecord> update(
      DSLContext sql, Map<Field<?>, @Nullable Object> set, Condition based) {
    return sql.update(RUN)
        .set(set)
        .where(based)
        .returningResult(RunRow.FIELDS)
        .fetchOptional(RunRow::read);
  }

  /** Another owner, or none: whoever had it before writes no more. */
  private static Map<Field<?>, @Nullable Object> handed(@Nullable String executorId, int events) {
    Map<Field<?>, @Nullable Object> set = new HashMap<>();
    set.put(RUN.EXECUTOR_ID, executorId);
    set.put(RUN.GENERATION, RUN.GENERATION.plus(1));
    set.put(RUN.STATUS, (executorId == null ? RunStatus.QUEUED : RunStatus.RUNNING).name());
    set.put(RUN.WAKE_AT, null);
    set.put(RUN.EVENT_SEQUENCE, RUN.EVENT_SEQUENCE.plus(events + 1));
    if (executorId != null) {
      set.put(RUN.STARTED_AT, DSL.coalesce(RUN.STARTED_AT, DatabaseTime.NOW));
    }
    return set;
  }

  private static Map<Field<?>, @Nullable Object> ended(
      RunStatus status, @Nullable String reason, @Nullable String message) {
    Map<Field<?>, @Nullable Object> set = new HashMap<>();
    set.put(RUN.STATUS, status.name());
    set.put(RUN.REASON, reason);
    set.put(RUN.MESSAGE, message);
    set.put(RUN.EXECUTOR_ID, null);
    set.put(RUN.ENDED_AT, DatabaseTime.NOW);
    return set;
  }

  private static Condition isAsRead(RunRecord read) {
    return RunRow.is(read.key())
        .and(RUN.STATUS.eq(read.status().name()))
        .and(RUN.ATTEMPT.eq(read.attempt()))
        .and(RUN.GENERATION.eq(read.generation()));
  }
}
