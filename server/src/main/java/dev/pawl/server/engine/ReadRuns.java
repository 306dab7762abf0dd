package dev.pawl.server.engine;

import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepOverride;
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
   * @param overrides what people have said of its steps
   */
  public record RunView(
      RunRecord run,
      List<StepRecord> steps,
      List<AttemptRecord> attempts,
      List<StepOverride> overrides) {
    public RunView {
      steps = List.copyOf(steps);
      attempts = List.copyOf(attempts);
      overrides = List.copyOf(overrides);
    }
  }

  /** One run; RUN_NOT_FOUND when there is none. */
  public RunView find(RunKey run) {
    RunRecord record = store.find(run).orElseThrow(() -> WatchRun.notFound(run));
    return new RunView(record, store.steps(run), store.attempts(run), store.overrides(run));
  }

  /** A page of runs, newest first. */
  public List<RunRecord> list(RunQuery query) {
    return store.list(query);
  }
}
