package dev.pawl.server.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pawl.server.engine.ReadRuns.RunView;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Runs that succeeded here lately, as they are stored, for callers who repeat a start. Nothing of
 * such a run changes any more but that it may be put aside; whether it has been is asked each time.
 */
@Singleton
final class EndedRuns {
  /** In characters of their definitions and values. */
  private static final long MOST_KEPT = 16_000_000;

  private static final int REST = 500;

  private final Cache<RunKey, RunView> kept =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(MOST_KEPT)
          .weigher(EndedRuns::weight)
          .build();

  private final ReadRuns read;

  @Inject
  EndedRuns(ReadRuns read) {
    this.read = read;
  }

  /** Keeps it if it has succeeded. */
  void add(RunView view) {
    if (view.run().status() == RunStatus.SUCCEEDED) {
      kept.put(view.run().key(), view);
    }
  }

  /**
   * A run that is known to have succeeded, read where it is not kept.
   *
   * @throws dev.pawl.server.failure.ServerFailure RUN_NOT_FOUND
   */
  RunView get(RunKey run) {
    RunView known = kept.getIfPresent(run);
    if (known != null) {
      return known;
    }
    RunView view = read.find(run);
    if (view.run().archivedAt() == null) {
      add(view);
    }
    return view;
  }

  private static int weight(RunKey key, RunView view) {
    RunRecord run = view.run();
    int weight = REST + run.definition().length() + run.inputs().toString().length();
    for (StepRecord step : view.steps()) {
      weight += REST + String.valueOf(step.output()).length();
    }
    return weight;
  }
}
