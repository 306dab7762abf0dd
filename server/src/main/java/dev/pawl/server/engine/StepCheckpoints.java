package dev.pawl.server.engine;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.checkpoint.CheckpointLog;
import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.CheckpointStore;
import dev.pawl.server.store.StaleRunException;
import java.time.Instant;
import java.util.Optional;

/** The checkpoints of one step execution, as its attempt may use them. */
final class StepCheckpoints implements CheckpointLog {
  private final RunRecord run;
  private final StepKey step;
  private final int since;
  private final CheckpointStore store;
  private final RunJournal journal;

  /**
   * @param since the attempt with which the step's work began from nothing
   */
  StepCheckpoints(
      RunRecord run, StepKey step, int since, CheckpointStore store, RunJournal journal) {
    this.run = run;
    this.step = step;
    this.since = since;
    this.store = store;
    this.journal = journal;
  }

  @Override
  public Optional<Entry> latest(String name) throws MethodException {
    var question = new CheckpointStore.Question(run.key(), step, name, run.attempt(), since);
    try {
      return journal
          .read(() -> store.latest(question))
          .map(e -> new Entry(State.valueOf(e.state().name()), e.inputHash(), e.result()));
    } catch (StaleRunException e) {
      throw stale(e);
    }
  }

  @Override
  public void write(String name, Entry entry) throws MethodException {
    CheckpointRecord record =
        new CheckpointRecord(
            step,
            run.attempt(),
            name,
            CheckpointRecord.State.valueOf(entry.state().name()),
            entry.inputHash(),
            entry.result(),
            Instant.EPOCH,
            null);
    RunJournal.News news =
        entry.state() == State.STARTED ? RunJournal.News.PLAN : RunJournal.News.DONE;
    try {
      journal.write(news, () -> store.write(run.key(), run.generation(), record));
    } catch (StaleRunException e) {
      throw stale(e);
    }
  }

  /** The run stops here; what the call still does is nobody's business any more. */
  static MethodException stale(StaleRunException e) {
    return MethodException.unknown(Failure.of(Reason.CLAIM_STALE, String.valueOf(e.getMessage())));
  }
}
