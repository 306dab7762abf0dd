package dev.pawl.server.engine;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StaleRunException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open waits of a run that is under way here. Whatever happens — an alarm, a decision, a
 * child's end, a stop — they are all looked at, in one read.
 */
final class PendingWaits {
  private static final Logger LOG = LoggerFactory.getLogger(PendingWaits.class);

  private final RunRecord run;
  private final RunStore store;
  private final RunJournal journal;
  private final Activity activity;
  private final Map<StepKey, PendingWait> open = new ConcurrentHashMap<>();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ReentrantLock looking = new ReentrantLock();

  PendingWaits(RunRecord run, RunStore store, RunJournal journal, Activity activity) {
    this.run = run;
    this.store = store;
    this.journal = journal;
    this.activity = activity;
  }

  /** Waits; the step's end comes once it is written. */
  CompletionStage<StepRecord> add(PendingWait wait) {
    open.put(wait.key(), wait);
    // What it waits for may have come between its beginning and now.
    look();
    return wait.end();
  }

  /** Looks at everything soon. */
  void look() {
    if (!open.isEmpty() && asked.compareAndSet(false, true)) {
      activity.execute(
          () -> {
            asked.set(false);
            lookNow();
          });
    }
  }

  private void lookNow() {
    looking.lock();
    try {
      Map<StepKey, Waiting> stored =
          journal
              .fenced(RunJournal.News.PLAN, () -> store.takeNews(run.key(), run.generation()))
              .stream()
              .collect(toMap(Waiting::step, identity()));
      for (PendingWait wait : List.copyOf(open.values())) {
        Waiting now = stored.get(wait.key());
        if (now != null && wait.look(now, this::look)) {
          // The step may be waiting again by now.
          open.remove(wait.key(), wait);
        }
      }
    } catch (StaleRunException e) {
      LOG.info("{}", e.getMessage());
    } finally {
      looking.unlock();
    }
  }

  /** Sets no more alarms; until the first of them would have gone off, if any. */
  Optional<Duration> rest() {
    return open.values().stream().flatMap(wait -> wait.rest().stream()).min(Duration::compareTo);
  }
}
