package dev.pawl.server.engine;

import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.CheckpointStore;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import java.util.List;

/** Reads runs. */
public final class ReadRuns {
  private final RunStore store;
  private final CheckpointStore checkpoints;

  @Inject
  ReadRuns(RunStore store, CheckpointStore checkpoints) {
    this.store = store;
    this.checkpoints = checkpoints;
  }

  /**
   * A run with all that is known of it.
   *
   * @param steps of every attempt, by attempt and ordinal
   * @param attempts oldest first
   * @param checkpoints of every attempt, in the order in which their work was begun
   */
  public record RunView(
      RunRecord run,
      List<StepRecord> steps,
      List<AttemptRecord> attempts,
      List<CheckpointRecord> checkpoints) {
    public RunView {
      steps = List.copyOf(steps);
      attempts = List.copyOf(attempts);
      checkpoints = List.copyOf(checkpoints);
    }
  }

  /** One run; RUN_NOT_FOUND when there is none. */
  public RunView find(RunKey run) {
    RunRecord record = store.find(run).orElseThrow(() -> WatchRun.notFound(run));
    return new RunView(record, store.steps(run), store.attempts(run), checkpoints.all(run));
  }

  /** A page of runs, newest first. */
  public List<RunRecord> list(RunQuery query) {
    return store.list(query);
  }
}
