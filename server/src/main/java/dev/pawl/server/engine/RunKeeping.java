package dev.pawl.server.engine;

import dev.pawl.model.MethodException;
import dev.pawl.model.Workspace;
import dev.pawl.model.checkpoint.CheckpointLog;
import dev.pawl.model.workspace.ConfinedFolder;
import dev.pawl.server.models.StepKeeping;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import java.util.List;

/** What the steps of one attempt keep besides their outputs. */
final class RunKeeping {
  private final RunRecord run;
  private final int since;
  private final RunJournal journal;
  private final EngineParts parts;

  /**
   * @param attempts of the run, oldest first; none for the first
   */
  RunKeeping(RunRecord run, List<AttemptRecord> attempts, RunJournal journal, EngineParts parts) {
    this.run = run;
    this.since = begunFromNothing(attempts, run.recoveryStrategy());
    this.journal = journal;
    this.parts = parts;
  }

  /** The attempt with which all work began from nothing. */
  private static int begunFromNothing(List<AttemptRecord> attempts, String strategy) {
    return attempts.stream()
        .filter(a -> a.reason() == AttemptReason.RECOVERY && strategy.equals("restart"))
        .mapToInt(AttemptRecord::number)
        .max()
        .orElse(1);
  }

  /** For one call of a step's method. */
  StepKeeping of(StepKey step) {
    CheckpointLog checkpoints = new StepCheckpoints(run, step, since, parts.checkpoints(), journal);
    return new StepKeeping() {
      @Override
      public CheckpointLog checkpoints() {
        return checkpoints;
      }

      @Override
      public Workspace workspace() throws MethodException {
        throw ConfinedFolder.outsideRun();
      }
    };
  }
}
