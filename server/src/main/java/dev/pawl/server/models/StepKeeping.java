package dev.pawl.server.models;

import dev.pawl.model.MethodException;
import dev.pawl.model.Workspace;
import dev.pawl.model.checkpoint.CheckpointLog;
import dev.pawl.server.run.LogLine;

/** What a step of a run keeps while its method is called. */
public interface StepKeeping {

  /** A text for whoever follows the run, a line or several. */
  void log(LogLine.Level level, String text);

  /** Fenced: once the run is in other hands, every write says CLAIM_STALE. */
  CheckpointLog checkpoints();

  /**
   * The run's files, for this step alone until it has ended.
   *
   * @throws MethodException as {@link dev.pawl.model.MethodContext#workspace}
   */
  Workspace workspace() throws MethodException, InterruptedException;
}
