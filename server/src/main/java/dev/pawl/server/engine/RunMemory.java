package dev.pawl.server.engine;

import dev.pawl.server.engine.ReadRuns.RunView;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.RunChange.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is stored, as far as its owner has written all of it: whoever waits for its end here
 * need not read it back. Knows runs in their first attempt that have never changed hands, keep
 * nothing besides their steps and have not many of these; of others it says nothing.
 */
final class RunMemory {
  private static final int MOST_STEPS = 200;

  private final RunRecord run;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<StepKey, StepRecord> steps = new HashMap<>();
  private boolean whole;
  private @Nullable RunRecord ended;

  RunMemory(RunRecord run) {
    this.run = run;
    this.whole = run.attempt() == 1 && run.generation() == 1 && run.parent() == null;
  }

  /** A change is durable. */
  void add(RunChange change, Written written) {
    lock.lock();
    try {
      if (!whole) {
        return;
      }
      change
          .steps()
          .forEach(step -> steps.merge(step.key(), settled(step, written), RunMemory::kept));
      RunChange.End end = change.end();
      if (end != null) {
        ended =
            run.ended(
                end.status(),
                end.reason(),
                end.message(),
                end.outputs(),
                written.sequence(),
                written.at());
      }
      if (steps.size() > MOST_STEPS) {
        forget();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Something is stored that is not known here. */
  void miss() {
    lock.lock();
    try {
      forget();
    } finally {
      lock.unlock();
    }
  }

  private void forget() {
    whole = false;
    ended = null;
    steps.clear();
  }

  /** The run with all that is stored of it, once it has ended. */
  Optional<RunView> ended() {
    lock.lock();
    try {
      return Optional.ofNullable(ended)
          .map(
              end ->
                  new RunView(
                      end,
                      steps.values().stream()
                          .sorted(Comparator.comparingInt(StepRecord::ordinal))
                          .toList(),
                      List.of(AttemptRecord.first(end))));
    } finally {
      lock.unlock();
    }
  }

  /** With the times that the statement has given it. */
  private static StepRecord settled(StepRecord step, Written written) {
    Instant started = step.startedAt();
    Instant asStored =
        started == null
            ? null
            : StepRecord.age(started)
                .map(age -> written.at().minus(micros(age), ChronoUnit.MICROS))
                .orElse(started);
    return step.at(asStored, step.endedAt() == null ? null : written.at());
  }

  /** Times that a row has are not replaced. */
  private static StepRecord kept(StepRecord before, StepRecord now) {
    return now.at(
        now.startedAt() == null || before.startedAt() == null
            ? now.startedAt()
            : before.startedAt(),
        now.endedAt() == null || before.endedAt() == null ? now.endedAt() : before.endedAt());
  }

  private static long micros(Duration age) {
    return age.toNanos() / 1_000;
  }
}
