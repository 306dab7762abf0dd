package dev.pawl.server.engine;

import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.CheckpointStore;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import java.util.List;

/** Reads runs. */
public final class ReadRuns {
  private final RunStore store;
  private final FindRun runs;
  private final CheckpointStore checkpoints;

  @Inject
  ReadRuns(RunStore store, FindRun runs, CheckpointStore checkpoints) {
    this.store = store;
    this.runs = runs;
    this.checkpoints = checkpoints;
  }

  /**
   * A run with all that is known of it.
   *
   * @param steps of every attempt, by attempt and ordinal
   * @param attempts oldest first
   * @param waits what its steps wait for or waited for, by attempt
   * @param overrides what people have said of its steps
   * @param checkpoints of every attempt, in the order in which their work was begun
   */
  public record RunView(
      RunRecord run,
      List<StepRecord> steps,
      List<AttemptRecord> attempts,
      List<Waiting> waits,
      List<StepOverride> overrides,
      List<CheckpointRecord> checkpoints) {
    public RunView {
      steps = List.copyOf(steps);
      attempts = List.copyOf(attempts);
      waits = List.copyOf(waits);
      overrides = List.copyOf(overrides);
      checkpoints = List.copyOf(checkpoints);
    }

    /** Of a run with nothing beside its steps. */
    public RunView(RunRecord run, List<StepRecord> steps, List<AttemptRecord> attempts) {
      this(run, steps, attempts, List.of(), List.of(), List.of());
    }
  }

  /** A run that has just been stored, which need not be read again. */
  public static RunView started(RunRecord run) {
    return new RunView(run, List.of(), List.of(AttemptRecord.first(run)));
  }

  /** One run; RUN_NOT_FOUND when there is none. */
  public RunView find(RunKey run) {
    RunRecord record = runs.run(run);
    return new RunView(
        record,
        store.steps(run),
        // The run's own row says all of its only attempt.
        record.attempt() == 1 ? List.of(AttemptRecord.first(record)) : store.attempts(run),
        store.waits(run),
        store.overrides(run),
        checkpoints.all(run));
  }

  /** Lines that a run's steps have logged; RUN_NOT_FOUND when there is none. */
  public List<RunEvent> logs(LogQuery query) {
    List<RunEvent> lines = store.logs(query);
    if (lines.isEmpty() && store.find(query.run()).isEmpty()) {
      throw runs.notFound(query.run());
    }
    return lines;
  }

  /** A page of runs, newest first. */
  public List<RunRecord> list(RunQuery query) {
    return store.list(query);
  }
}
