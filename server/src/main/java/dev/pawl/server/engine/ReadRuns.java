package dev.pawl.server.engine;

import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import java.util.List;

/** Reads runs. */
public final class ReadRuns {
  private final RunStore store;

  @Inject
  ReadRuns(RunStore store) {
    this.store = store;
  }

  /**
   * A run with all that is known of it.
   *
   * @param steps of every attempt, by attempt and ordinal
   * @param attempts oldest first
   */
  public record RunView(RunRecord run, List<StepRecord> steps, List<AttemptRecord> attempts) {
    public RunView {
      steps = List.copyOf(steps);
      attempts = List.copyOf(attempts);
    }
  }

  /** One run; RUN_NOT_FOUND when there is none. */
  public RunView find(RunKey run) {
    RunRecord record = store.find(run).orElseThrow(() -> WatchRun.notFound(run));
    return new RunView(record, store.steps(run), store.attempts(run));
  }

  /** A page of runs, newest first. */
  public List<RunRecord> list(RunQuery query) {
    return store.list(query);
  }
}
