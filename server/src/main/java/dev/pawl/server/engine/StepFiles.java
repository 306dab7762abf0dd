package dev.pawl.server.engine;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.Workspace;
import dev.pawl.model.checkpoint.CheckpointLog;
import dev.pawl.model.workspace.ConfinedFolder;
import dev.pawl.server.models.StepKeeping;
import dev.pawl.server.run.LogLine;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a step's method keeps. Its turn with the run's files begins when it first asks
 * for them and ends when this is closed; they are put back unless the step's success was written.
 */
final class StepFiles implements StepKeeping, AutoCloseable {
  private final StepKey step;
  private final RunFiles files;
  private final CheckpointLog checkpoints;
  private final Consumer<String> waiting;
  private final StepLog log;
  private final ReentrantLock using = new ReentrantLock();
  private @Nullable ConfinedFolder folder;
  private boolean ended;

  StepFiles(
      StepKey step,
      RunFiles files,
      CheckpointLog checkpoints,
      Consumer<String> waiting,
      StepLog log) {
    this.step = step;
    this.files = files;
    this.checkpoints = checkpoints;
    this.waiting = waiting;
    this.log = log;
  }

  @Override
  public void log(LogLine.Level level, String text) {
    log.add(level, text);
  }

  @Override
  public CheckpointLog checkpoints() {
    return checkpoints;
  }

  @Override
  public Workspace workspace() throws MethodException, InterruptedException {
    using.lockInterruptibly();
    try {
      if (ended) {
        throw MethodException.notMade(
            Failure.of(
                Reason.CLAIM_STALE,
                "the call of step "
                    + step
                    + " has ended, and its turn with the workspace with it; a method must end its"
                    + " own threads before it returns"));
      }
      if (folder == null) {
        folder = files.take(step, waiting);
      }
      return folder;
    } finally {
      using.unlock();
    }
  }

  /** Writes a step's success. */
  @FunctionalInterface
  interface Success<T> {
    T write(RunChange.@Nullable Files left) throws StaleRunException;
  }

  /**
   * Stores what the step has left, then has its success written with it.
   *
   * @throws MethodException where it can't be kept: the step has failed then
   */
  <T> T succeed(Success<T> success) throws MethodException, StaleRunException {
    using.lock();
    try {
      RunChange.Files left = folder == null ? null : files.scan(step, folder);
      T written = success.write(left);
      if (folder != null) {
        files.settle(left);
        folder = null;
      }
      ended = true;
      return written;
    } finally {
      using.unlock();
    }
  }

  @Override
  public void close() {
    using.lock();
    try {
      ended = true;
      if (folder != null) {
        files.giveUp();
        folder = null;
      }
    } finally {
      using.unlock();
    }
  }
}
