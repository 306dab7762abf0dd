package dev.pawl.server.engine;

import dev.pawl.server.engine.ReadRuns.RunView;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The runs that this process works on: at most so many, each once. */
@Singleton
public final class OwnedRuns {
  private final ExecutorName name;
  private final ExecuteRun.Factory factory;
  private final Semaphore places;
  private final Map<RunKey, ExecuteRun> running = new ConcurrentHashMap<>();
  private final ReentrantLock ends = new ReentrantLock();
  private final Condition ended = ends.newCondition();
  private final int all;
  private volatile boolean draining;
  private volatile boolean lost;

  @Inject
  OwnedRuns(EngineSettings settings, ExecutorName name, ExecuteRun.Factory factory) {
    this.name = name;
    this.factory = factory;
    this.all = settings.maxRuns();
    this.places = new Semaphore(all);
  }

  /** A place for one more run, or none. Closing it gives back a place that was not used. */
  public final class Room implements AutoCloseable {
    private final @Nullable String executor;
    private boolean free;

    Room(boolean free) {
      this.free = free;
      this.executor = free ? name.current() : null;
    }

    /** Who claims the run; null when there is no place. */
    @Nullable String executor() {
      return executor;
    }

    /**
     * Begins to work on a run that was claimed for {@link #executor}.
     *
     * @return completed when nothing more of it is done here and its place is free: with the run as
     *     it is stored, or empty where that is to be read; empty where it is not worked on here
     */
    Optional<CompletableFuture<Optional<RunView>>> launch(
        RunRecord run, @Nullable ParsedWorkflow workflow) {
      if (!free || run.executorId() == null || !run.executorId().equals(executor)) {
        return Optional.empty();
      }
      free = false;
      return Optional.of(begin(run, workflow));
    }

    @Override
    public void close() {
      if (free) {
        free = false;
        places.release();
        tellEnded();
      }
    }
  }

  Room room() {
    return new Room(!draining && !lost && places.tryAcquire());
  }

  /** How many runs are being worked on. */
  public int active() {
    return running.size();
  }

  /** How many more could be. */
  int free() {
    return places.availablePermits();
  }

  boolean has(RunKey run) {
    return running.containsKey(run);
  }

  private CompletableFuture<Optional<RunView>> begin(
      RunRecord run, @Nullable ParsedWorkflow workflow) {
    ExecuteRun execution = factory.create(run, workflow);
    ExecuteRun before = running.put(run.key(), execution);
    if (before != null) {
      before.stop(StopSignal.Cause.LOST);
    }
    if (draining) {
      execution.handOver();
    }
    if (lost) {
      // It was claimed while everything was given up: whoever gave up may not have seen it.
      execution.stop(StopSignal.Cause.LOST);
    }
    CompletableFuture<Optional<RunView>> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("run-" + run.key().runId())
        .start(
            () -> {
              try {
                execution.run();
              } finally {
                places.release();
                running.remove(run.key(), execution);
                tellEnded();
                end.complete(execution.known());
              }
            });
    return end;
  }

  private void tellEnded() {
    ends.lock();
    try {
      ended.signalAll();
    } finally {
      ends.unlock();
    }
  }

  /** Stops a run if it is here. */
  boolean stop(RunKey run, StopSignal.Cause cause) {
    ExecuteRun execution = running.get(run);
    if (execution == null) {
      return false;
    }
    execution.stop(cause);
    return true;
  }

  /** A run that is here may have something to look at; whether it is here. */
  boolean look(RunKey run) {
    ExecuteRun execution = running.get(run);
    if (execution != null) {
      execution.look();
    }
    return execution != null;
  }

  /** Stops the cleanup steps of a run too, if it is here. */
  void stopCleanup(RunKey run) {
    ExecuteRun execution = running.get(run);
    if (execution != null) {
      execution.stopCleanup();
    }
  }

  /** Stops all runs and takes no more: they belong to others from now on. */
  void abandonAll() {
    lost = true;
    running.values().forEach(r -> r.stop(StopSignal.Cause.LOST));
  }

  /** Takes runs again, unless it is draining. */
  void reopen() {
    lost = false;
  }

  /** Takes no more runs, for good; those here end what is under way, and are put down. */
  void drain() {
    draining = true;
    running.values().forEach(ExecuteRun::handOver);
  }

  /** A place may also be held for a run that is being claimed just now. */
  private boolean isIdle() {
    return running.isEmpty() && places.availablePermits() == all;
  }

  /**
   * Waits for the end of all that is under way.
   *
   * @return whether it came in time
   */
  boolean awaitIdle(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    ends.lockInterruptibly();
    try {
      while (!isIdle() && left > 0) {
        left = ended.awaitNanos(left);
      }
      return isIdle();
    } finally {
      ends.unlock();
    }
  }
}
