package dev.pawl.server.engine;

import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.Durations;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Finds a run that somebody has named. */
final class FindRun {
  private final RunStore store;
  private final @Nullable Duration retention;

  @Inject
  FindRun(RunStore store, EngineSettings settings) {
    this.store = store;
    this.retention = settings.runRetention();
  }

  /**
   * The run as it is stored.
   *
   * @throws ServerFailure RUN_NOT_FOUND
   */
  RunRecord run(RunKey run) {
    return store.find(run).orElseThrow(() -> notFound(run));
  }

  /** RUN_NOT_FOUND; where retention may be why, it says so. */
  ServerFailure notFound(RunKey run) {
    return ServerFailure.of(
        Reason.Code.NOT_FOUND,
        "RUN_NOT_FOUND",
        "there is no run "
            + run.runId()
            + " in namespace "
            + run.namespace()
            + removed(run.runId())
            + "; `pawl runs` lists them");
  }

  /** A run's id says when it was started; its retention counts from its end, which is later. */
  private String removed(String id) {
    if (retention == null || !RunIds.isOne(id)) {
      return "";
    }
    Instant started = RunIds.timeOf(id);
    return started.plus(retention).isAfter(Instant.now())
        ? ""
        : "; runs are kept for "
            + Durations.write(retention)
            + " after their end, and this one, of "
            + started.truncatedTo(ChronoUnit.SECONDS)
            + ", may have been removed";
  }
}
