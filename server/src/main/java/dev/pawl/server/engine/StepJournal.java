package dev.pawl.server.engine;

import dev.pawl.server.run.LogLine;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.NewWait;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.RunChange.Logged;
import dev.pawl.server.store.StaleRunException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One step's record as it grows, and what of it is written. All of it is locked: a method waits and
 * logs on threads of its own.
 */
final class StepJournal implements AutoCloseable {
  /** A step that is over sooner is told of once, by its end. */
  static final Duration UNTOLD = Duration.ofMillis(100);

  private final ExecuteStep.Surroundings around;
  private final BooleanSupplier isLast;
  private final ReentrantLock writing = new ReentrantLock();
  private final StepLog log;
  private StepDraft draft;
  private boolean told;

  /**
   * @param isLast whether nothing of the run is left once this step has succeeded
   */
  StepJournal(StepDraft draft, ExecuteStep.Surroundings around, BooleanSupplier isLast) {
    this.draft = draft;
    this.around = around;
    this.isLast = isLast;
    this.log =
        new StepLog(
            draft.key(),
            around.run().attempt(),
            StepLog.LIMITS,
            around.journal(),
            around.parts().timers(),
            () -> around.parts().threads().execute(this::flush));
  }

  StepDraft draft() {
    return draft;
  }

  StepLog log() {
    return log;
  }

  void log(LogLine.Level level, String text) {
    log.add(level, text);
  }

  /** Changes the record without writing it. */
  void become(StepDraft next) {
    writing.lock();
    try {
      draft = next;
    } finally {
      writing.unlock();
    }
  }

  /**
   * Its method is about to start.
   *
   * @param mayBeRepeated where nothing is lost if nobody learns that it had started: the record is
   *     not written then, but told of if it takes a while
   */
  Timers.Alarm begin(int tries, boolean mayBeRepeated) throws StaleRunException {
    if (tries > 1 || !mayBeRepeated) {
      write(draft.running(tries));
      return () -> {};
    }
    become(draft.running(tries));
    return around
        .parts()
        .timers()
        .after(UNTOLD, () -> around.parts().threads().execute(this::tellRunning));
  }

  private void tellRunning() {
    writing.lock();
    try {
      if (!told && draft.record().status() == StepStatus.RUNNING) {
        told = true;
        around.journal().tell(draft.record());
      }
    } finally {
      writing.unlock();
    }
  }

  /** Told to watchers; a call that has ended waits for nothing any more. */
  void tellWaiting(String what) {
    writing.lock();
    try {
      boolean isNews =
          draft.record().status() == StepStatus.RUNNING
              && !what.equals(draft.record().waitingFor());
      if (isNews) {
        told = true;
        draft = draft.waiting(what);
        around.journal().tell(draft.record());
      }
    } finally {
      writing.unlock();
    }
  }

  /** One that was stopped meanwhile is found so at once by those that wait. */
  StepRecord rest(String waitingFor, Duration pause, @Nullable Duration longest)
      throws StaleRunException {
    writing.lock();
    try {
      NewWait wait = NewWait.again(draft.suspended(waitingFor).record(), pause, longest);
      draft = StepDraft.of(BeginWaitStep.write(wait, around).orElseThrow());
      return draft.record();
    } finally {
      writing.unlock();
    }
  }

  StepRecord write(StepDraft next) throws StaleRunException {
    return write(next, null);
  }

  /**
   * Writes the record, and what was logged. The success of a run's last step is written with the
   * run's end.
   *
   * @param left in the workspace, for a success; null for nothing
   */
  StepRecord write(StepDraft next, RunChange.@Nullable Files left) throws StaleRunException {
    writing.lock();
    try {
      List<Logged> lines = log.pending();
      StepRecord record = next.record();
      if (record.status() == StepStatus.SUCCEEDED && left == null && isLast.getAsBoolean()) {
        around.journal().hold(draft, record, lines);
      } else {
        around.journal().step(record, left, lines);
      }
      log.stored(lines.size());
      told = true;
      draft = next;
      return record;
    } finally {
      writing.unlock();
    }
  }

  /** What can't be stored now goes with the step's next write. */
  private void flush() {
    writing.lock();
    try {
      List<Logged> lines = log.pending();
      boolean stored = lines.isEmpty() || around.journal().tell(lines);
      log.stored(stored ? lines.size() : 0);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
