package dev.pawl.server.engine;

import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The runs that this process works on: at most so many, each once. */
@Singleton
public final class OwnedRuns {
  private final EngineSettings settings;
  private final ExecuteRun.Factory factory;
  private final Semaphore places;
  private final Map<RunKey, ExecuteRun> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  @Inject
  OwnedRuns(EngineSettings settings, ExecuteRun.Factory factory) {
    this.settings = settings;
    this.factory = factory;
    this.places = new Semaphore(settings.maxRuns());
  }

  /** A place for one more run, or none. Closing it gives back a place that was not used. */
  public final class Room implements AutoCloseable {
    private boolean taken;

    Room(boolean taken) {
      this.taken = taken;
    }

    /** Who claims the run; null when there is no place. */
    @Nullable String executor() {
      return taken ? settings.executorId() : null;
    }

    /** Begins to work on a run that was claimed for {@link #executor}. */
    void launch(RunRecord run, @Nullable ParsedWorkflow workflow) {
      if (!taken || !settings.executorId().equals(run.executorId())) {
        return;
      }
      taken = false;
      begin(run, workflow);
    }

    @Override
    public void close() {
      if (taken) {
        places.release();
      }
    }
  }

  Room room() {
    return new Room(!closed && places.tryAcquire());
  }

  /** How many runs are being worked on. */
  public int active() {
    return running.size();
  }

  private void begin(RunRecord run, @Nullable ParsedWorkflow workflow) {
    ExecuteRun execution = factory.create(run, workflow);
    running.put(run.key(), execution);
    Thread.ofVirtual()
        .name("run-" + run.key().runId())
        .start(
            () -> {
              try {
                execution.run();
              } finally {
                running.remove(run.key(), execution);
                places.release();
              }
            });
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

  /** Stops all runs and takes no more: they belong to others from now on. */
  void abandonAll() {
    closed = true;
    running.values().forEach(r -> r.stop(StopSignal.Cause.LOST));
  }

  /** Takes runs again. */
  void reopen() {
    closed = false;
  }

  /** Takes no more runs; waits for those under way. */
  void drain(Duration longest) throws InterruptedException {
    closed = true;
    long deadline = System.nanoTime() + longest.toNanos();
    while (!running.isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
