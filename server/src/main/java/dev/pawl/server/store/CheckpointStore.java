package dev.pawl.server.store;

import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.StepKey;
import java.util.List;
import java.util.Optional;

/** Checkpoints, durable when a call returns and fenced like every write of a run's owner. */
public interface CheckpointStore {

  /**
   * Which work is meant.
   *
   * @param attempt that asks
   * @param since no attempt before this one counts
   */
  record Question(RunKey run, StepKey step, String name, int attempt, int since) {}

  /** The newest entry since the step's last success in an earlier attempt. */
  Optional<CheckpointRecord> latest(Question question);

  /**
   * Inserts or replaces the entry of an attempt. Writing the same again changes nothing.
   *
   * @throws IllegalStateException when the entry's state may not follow the stored one
   * @throws StaleRunException when the run has another generation or has ended; nothing is written
   */
  void write(RunKey run, long generation, CheckpointRecord entry) throws StaleRunException;

  /** Every entry of a run, in the order in which the work was begun. */
  List<CheckpointRecord> all(RunKey run);
}
