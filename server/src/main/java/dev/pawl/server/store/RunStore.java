package dev.pawl.server.store;

import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunProgress;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs, durable when a call returns. Every write compares what it was based on in the same
 * statement; every write of an owner is fenced by its generation. Each change appends its events in
 * its own transaction.
 */
public interface RunStore extends WaitStore {

  /** Stores a run, its first attempt and its idempotency key in one transaction. */
  StartAnswer start(NewRun run);

  Optional<RunRecord> find(RunKey run);

  /** The little of a run that those who follow it ask for again and again. */
  Optional<RunProgress> progress(RunKey run);

  List<RunRecord> list(RunQuery query);

  /** Every step execution of every attempt, by attempt and ordinal. */
  List<StepRecord> steps(RunKey run);

  /** Oldest first. */
  List<AttemptRecord> attempts(RunKey run);

  /** Lines that steps have logged, in order. */
  List<RunEvent> logs(LogQuery query);

  /** Events with a sequence above {@code after}, lines of the log among them, in order. */
  List<RunEvent> events(RunKey run, long after, int limit);

  /**
   * Writes steps, and the end of the attempt if there is one.
   *
   * @return when
   * @throws StaleRunException when the run has another generation or has ended; nothing is written
   */
  RunChange.Written record(RunKey run, long generation, RunChange change) throws StaleRunException;

  /**
   * Begins a further attempt: RETRY of an ended run, RECOVERY of one whose owner vanished. Raises
   * the generation.
   *
   * @return the run in its new attempt, the earlier answer under the same key, or empty when the
   *     run is no longer as it was read
   */
  Optional<StartAnswer> begin(NewAttempt attempt);

  /** Takes QUEUED runs for an executor, oldest first, raising their generation. */
  List<RunRecord> claimQueued(String executorId, int limit);

  /** Runs RUNNING under an executor that is not alive by {@link ExecutorStore}. */
  List<RunRecord> abandoned(Duration silence, int limit);

  /**
   * Ends a run whose owner vanished, if it is still as it was read; with it the steps that it had
   * open, and the child runs that these wait for.
   *
   * @return whether it was
   */
  boolean failAbandoned(RunRecord read, String reason, String message);

  /**
   * Asks for a run's end; a QUEUED one is CANCELLED at once, a WAITING one is woken. Asked again a
   * second or more later, it stops cleanup steps too.
   *
   * @return the run after it, empty when there is none
   */
  Optional<RunRecord> requestCancel(RunKey run, String reason);

  /**
   * Puts an ended run aside, and says so in the audit.
   *
   * @return the run after it, empty when it is no longer as it was read
   */
  Optional<RunRecord> archive(RunRecord read, String requester);

  /**
   * Keeps what somebody has said of a step of an ended run, in place of what was said of it before,
   * and says so in the audit.
   *
   * @return false when the run is no longer as it was read
   */
  boolean override(RunRecord read, StepOverride said);

  /** What was said of a run's steps, by step and iteration. */
  List<StepOverride> overrides(RunKey run);

  /** How long ago a run was created, on the database's clock. */
  Duration age(RunKey run);

  /** The runs that steps of a run have begun, of every attempt. */
  List<RunRecord> children(RunKey parent);

  /** Runs RUNNING or WAITING under an executor, alive or not. */
  List<RunKey> ownedBy(String executorId);
}
