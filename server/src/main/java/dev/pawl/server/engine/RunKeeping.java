package dev.pawl.server.engine;

import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.SnapshotRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the steps of one attempt keep besides their outputs. */
final class RunKeeping implements AutoCloseable {
  private final RunRecord run;
  private final List<AttemptRecord> attempts;
  private final RunJournal journal;
  private final EngineParts parts;
  private final KeptFiles kept;
  private final RunFiles files;

  private RunKeeping(
      RunRecord run,
      List<AttemptRecord> attempts,
      KeptFiles kept,
      RunJournal journal,
      EngineParts parts) {
    this.run = run;
    this.attempts = attempts;
    this.journal = journal;
    this.parts = parts;
    this.kept = kept;
    this.files = new RunFiles(run, kept, parts.workspaces(), parts.folders(), journal);
  }

  /**
   * For an attempt that is worked on here from now on.
   *
   * @param history of the run; none for its first attempt
   * @param standing what was done in this attempt before
   */
  static RunKeeping open(
      RunRecord run,
      WorkflowDefinition workflow,
      Optional<RunHistory> history,
      EarlierSteps earlier,
      StandingSteps standing,
      RunJournal journal,
      EngineParts parts)
      throws StaleRunException {
    boolean fresh = run.attempt() == 1 && run.generation() == 1;
    List<SnapshotRecord> snapshots =
        fresh ? List.of() : journal.read(() -> parts.workspaces().snapshots(run.key()));
    KeptFiles kept = new KeptFiles(run, workflow, earlier, snapshots);
    standing.called().forEach(kept::runs);
    return new RunKeeping(
        run, history.map(RunHistory::attempts).orElse(List.of()), kept, journal, parts);
  }

  /** The attempt with which a step's work began from nothing, or somebody said it should. */
  private int begunFromNothing(StepKey step) {
    return attempts.stream()
        .filter(
            a ->
                switch (a.reason()) {
                  case RECOVERY -> run.recoveryStrategy().equals("restart");
                  case RETRY -> a.selection().names(step);
                  case START -> false;
                })
        .mapToInt(AttemptRecord::number)
        .max()
        .orElse(1);
  }

  /** For one call of a step's method; close it when the call has ended and is written down. */
  StepFiles of(StepKey step, Consumer<String> waiting, StepLog log) {
    kept.runs(step);
    return new StepFiles(
        step,
        files,
        new StepCheckpoints(run, step, begunFromNothing(step), parts.checkpoints(), journal),
        waiting,
        log);
  }

  /** Whether the files that a success has left are still the run's. */
  boolean stillHas(StepRecord success) {
    return kept.stillHas(success);
  }

  /** Whether anything was stored that is to be collected one day. */
  boolean hasFiles() {
    return kept.hasAny();
  }

  /** After the last step: what lies on this disk is not needed any more. */
  @Override
  public void close() {
    files.close();
  }
}
