package dev.pawl.server.store;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What steps wait for. News for a run is told by its {@code wake_at}, set in the transaction of the
 * news: an owner that looks takes it first and reads then, so none is lost.
 */
public interface WaitStore {

  /**
   * Writes a step as WAITING with what it waits for, and begins its child run, in one transaction.
   * A wait that is there already stands as it is, and nothing is begun.
   *
   * @return the wait; empty when the child is no longer as it was read, and nothing was written
   * @throws StaleRunException when the run has another generation or has ended
   */
  Optional<Waiting> beginWait(RunKey run, long generation, NewWait wait) throws StaleRunException;

  /** Every wait of every attempt, by attempt. */
  List<Waiting> waits(RunKey run);

  /**
   * Takes the news of an owned run.
   *
   * @return every wait of its latest attempt, as it stands
   * @throws StaleRunException when the run has another generation or has ended
   */
  List<Waiting> takeNews(RunKey run, long generation) throws StaleRunException;

  /**
   * Gives up a wait of the latest attempt: no decision is taken from now on, and a child run is
   * asked to end.
   *
   * @return the wait as it stands now; a decision that came first stays
   * @throws StaleRunException when the run has another generation or has ended
   */
  Waiting closeWait(RunKey run, long generation, StepKey step, String why) throws StaleRunException;

  /**
   * Puts a run down as WAITING, with no owner and a higher generation. News that came meanwhile
   * wakes it at once.
   *
   * @throws StaleRunException when the run has another generation or has ended
   */
  void putDown(RunKey run, long generation, PutDown how) throws StaleRunException;

  /** Takes WAITING runs whose time has come, raising their generation. */
  List<RunRecord> claimWoken(String executorId, int limit);

  /** Runs of an executor for which there is news, or whose end was asked for. */
  List<RunRecord> withNews(String executorId);

  /** Until a run that was put down times out; empty when it has no such time. */
  Optional<Duration> timeLeft(RunKey run);

  /** The latest child run of a step. */
  Optional<RunRecord> child(RunKey parent, StepKey step);

  /** Stores a decision, audits it, and wakes the run. */
  Decide.Result decide(Decide decide);

  /** Whether a run is queued, or will be woken by a time or a child without anybody's call. */
  boolean isAnythingToCome();
}
