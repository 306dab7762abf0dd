package dev.pawl.server.engine;

import dev.pawl.server.engine.ReadRuns.RunView;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunProgress;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a run's end. Of a run that this process works on it learns that from the process
 * itself; one that others work on it looks at again and again.
 */
public final class AwaitRun {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final RunStore store;
  private final FindRun runs;
  private final ReadRuns read;
  private final RunBell bell;

  @Inject
  AwaitRun(RunStore store, FindRun runs, ReadRuns read, RunBell bell) {
    this.store = store;
    this.runs = runs;
    this.read = read;
    this.bell = bell;
  }

  /**
   * The run once its latest attempt has ended, or as it is when the time is over.
   *
   * @throws dev.pawl.server.failure.ServerFailure RUN_NOT_FOUND
   */
  public RunView run(StartRun.Result started, Duration longest) throws InterruptedException {
    long from = System.nanoTime();
    CompletableFuture<Optional<RunView>> here = started.end();
    Optional<RunView> end = here == null ? Optional.empty() : ended(here, longest);
    if (end.isPresent()) {
      return end.get();
    }
    RunKey run = started.run().key();
    if (longest.isZero()) {
      return read.find(run);
    }
    boolean known = here == null && started.run().status().hasEnded();
    if (!known) {
      look(run, longest.minusNanos(System.nanoTime() - from));
    }
    return read.find(run);
  }

  /** Empty when it is not over in time, or others have it now, or it is to be read. */
  private static Optional<RunView> ended(
      CompletableFuture<Optional<RunView>> here, Duration longest) throws InterruptedException {
    try {
      return here.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void look(RunKey run, Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    try (RunBell.Watch watch = bell.watch(run)) {
      while (true) {
        RunProgress now = store.progress(run).orElseThrow(() -> runs.notFound(run));
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (now.status().hasEnded() || !left.isPositive()) {
          return;
        }
        watch.await(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
      }
    }
  }
}
