package dev.pawl.server.engine;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StaleRunException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens in one attempt, fenced by the generation under which it is owned. A refused
 * write stops the whole run here: somebody else has it.
 */
final class RunJournal {
  private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final RunRecord run;
  private final RunStore store;
  private final RunBell bell;
  private final StopSignal signal;

  RunJournal(RunRecord run, RunStore store, RunBell bell, StopSignal signal) {
    this.run = run;
    this.store = store;
    this.bell = bell;
    this.signal = signal;
  }

  void step(StepRecord step) throws StaleRunException {
    write(RunChange.of(step));
  }

  void steps(List<StepRecord> steps) throws StaleRunException {
    write(new RunChange(steps, null));
  }

  void end(List<StepRecord> steps, RunChange.End end) throws StaleRunException {
    write(RunChange.end(steps, end));
  }

  private void write(RunChange change) throws StaleRunException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        store.record(run.key(), run.generation(), change);
        bell.ring(run.key());
        return;
      } catch (StaleRunException e) {
        signal.stop(StopSignal.Cause.LOST);
        throw e;
      } catch (RuntimeException e) {
        // Writing the same again is safe: rows are replaced, and an end written twice is refused.
        LOG.warn(
            "run {}: writing failed, trying again in {} ms: {}",
            run.key().runId(),
            pause.toMillis(),
            e.getMessage());
        waitOrGiveUp(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  private void waitOrGiveUp(Duration pause) throws StaleRunException {
    if (signal.isLost()) {
      throw new StaleRunException(run.key(), run.generation());
    }
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw new StaleRunException(run.key(), run.generation());
    }
  }
}
