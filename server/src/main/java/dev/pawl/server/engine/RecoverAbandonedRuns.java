package dev.pawl.server.engine;

import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.Selection;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StartAnswer;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over, or fails, the runs of executors that show no sign of life, as each workflow says. */
final class RecoverAbandonedRuns {
  private static final Logger LOG = LoggerFactory.getLogger(RecoverAbandonedRuns.class);
  private static final int AT_ONCE = 100;

  private final RunStore store;
  private final OwnedRuns owned;
  private final EngineSettings settings;
  private final RunIds ids;

  @Inject
  RecoverAbandonedRuns(RunStore store, OwnedRuns owned, EngineSettings settings, RunIds ids) {
    this.store = store;
    this.owned = owned;
    this.ids = ids;
    this.settings = settings;
  }

  void run() {
    List<RunRecord> abandoned = store.abandoned(settings.recoverTasksTimeout(), AT_ONCE);
    abandoned.forEach(this::tryToRun);
  }

  /** One that can't be taken must not keep the others waiting. */
  private void tryToRun(RunRecord run) {
    try {
      run(run);
    } catch (RuntimeException e) {
      LOG.error("run {} can't be taken over, and is tried again", run.key().runId(), e);
    }
  }

  /** Takes one over, or fails it. */
  void run(RunRecord run) {
    if (settings.recovery() == EngineSettings.Recovery.OFF
        || run.recoveryStrategy().equals("none")) {
      fail(
          run,
          "EXECUTOR_LOST",
          "the executor of this run vanished, and its workflow's recovery.strategy is "
              + run.recoveryStrategy()
              + "; retry it, which keeps what succeeded");
    } else if (run.recoveries() >= run.maxRecoveries()) {
      fail(
          run,
          "CRASH_LOOP",
          "the run was recovered "
              + run.recoveries()
              + " times, which is all that maxRecoveries"
              + " allows; find out what ends its executors, then retry it");
    } else {
      takeOver(run);
    }
  }

  private void fail(RunRecord run, String reason, String message) {
    if (store.failAbandoned(run, reason, message)) {
      LOG.warn("run {} failed with {}: {}", run.key().runId(), reason, message);
    }
  }

  private void takeOver(RunRecord run) {
    try (OwnedRuns.Room room = owned.room()) {
      if (room.executor() == null) {
        return;
      }
      Optional<StartAnswer> answer =
          store.begin(
              new NewAttempt(
                  run,
                  AttemptReason.RECOVERY,
                  "janitor",
                  null,
                  null,
                  null,
                  null,
                  Selection.NONE,
                  ids.next(),
                  room.executor(),
                  null));
      if (answer.isPresent() && answer.get() instanceof StartAnswer.Started started) {
        LOG.info(
            "run {} goes on here as attempt {}; its executor vanished",
            run.key().runId(),
            started.run().attempt());
        room.launch(started.run(), null);
      }
    }
  }
}
