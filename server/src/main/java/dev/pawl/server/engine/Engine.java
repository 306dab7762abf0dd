package dev.pawl.server.engine;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.ExecutorStore;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as an executor: shows signs of life, takes queued and abandoned runs, and stops at
 * once when it was taken for dead.
 */
@Singleton
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private static final int AT_ONCE = 100;

  private final EngineSettings settings;
  private final ExecutorStore executors;
  private final RunStore runs;
  private final OwnedRuns owned;
  private final RecoverAbandonedRuns recover;
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pawl-heartbeat").factory());
  private @Nullable ScheduledFuture<?> beats;
  private volatile long lastSign;
  private volatile boolean lost;

  @Inject
  Engine(
      EngineSettings settings,
      ExecutorStore executors,
      RunStore runs,
      OwnedRuns owned,
      RecoverAbandonedRuns recover) {
    this.settings = settings;
    this.executors = executors;
    this.runs = runs;
    this.owned = owned;
    this.recover = recover;
  }

  /** Registers, recovers what a dead predecessor left, and begins to beat. */
  public void start() {
    lastSign = System.nanoTime();
    executors.register(settings.executorId(), settings.address());
    if (settings.database() == EngineSettings.DatabaseUse.EXCLUSIVE) {
      int gone = executors.removeOthers(settings.executorId());
      if (gone > 0) {
        LOG.info("{} earlier server(s) ended without saying so; their runs are recovered", gone);
      }
    }
    beat();
    long every = settings.heartbeat().toMillis();
    beats = loop.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
  }

  /** How many runs are being worked on. */
  public int activeRuns() {
    return owned.active();
  }

  /** Whether it can take and keep runs: false while the database cannot be reached. */
  public boolean isHealthy() {
    Duration silent = Duration.ofNanos(System.nanoTime() - lastSign);
    return !lost && silent.compareTo(settings.recoverTasksTimeout()) < 0;
  }

  private void beat() {
    try {
      long before = System.nanoTime();
      if (lost) {
        rejoin();
      }
      if (!executors.heartbeat(settings.executorId())) {
        giveUp("this executor was taken for dead; its runs belong to others now");
        return;
      }
      lastSign = before;
      runs.cancelRequested(settings.executorId())
          .forEach(run -> owned.stop(run, StopSignal.Cause.CANCELLED));
      recover.run();
      claimQueued();
    } catch (RuntimeException e) {
      LOG.warn("the heartbeat failed and is tried again: {}", e.getMessage());
      Duration silent = Duration.ofNanos(System.nanoTime() - lastSign);
      if (silent.compareTo(settings.recoverTasksTimeout().minus(settings.heartbeat())) > 0) {
        giveUp("no sign of life could be given for " + silent.toSeconds() + " s");
      }
    }
  }

  /** Comes back under its own name, once what it had under it is in other hands. */
  private void rejoin() {
    executors.remove(settings.executorId());
    owned.reopen();
    recover.run();
    executors.register(settings.executorId(), settings.address());
    lost = false;
    LOG.info("this executor is back");
  }

  private void giveUp(String why) {
    if (!lost) {
      lost = true;
      LOG.error("{}; all work stops here", why);
      owned.abandonAll();
    }
  }

  private void claimQueued() {
    List<OwnedRuns.Room> rooms = new ArrayList<>();
    try {
      while (rooms.size() < AT_ONCE) {
        OwnedRuns.Room room = owned.room();
        rooms.add(room);
        if (room.executor() == null) {
          break;
        }
      }
      int free = (int) rooms.stream().filter(r -> r.executor() != null).count();
      if (free > 0) {
        List<RunRecord> claimed = runs.claimQueued(settings.executorId(), free);
        for (int i = 0; i < claimed.size(); i++) {
          rooms.get(i).launch(claimed.get(i), null);
        }
      }
    } finally {
      rooms.forEach(OwnedRuns.Room::close);
    }
  }

  /** Finishes what can be finished in time, and hands the rest over at once. */
  public void drain(Duration longest) throws InterruptedException {
    owned.drain(longest);
  }

  @Override
  public void close() {
    if (beats != null) {
      beats.cancel(false);
    }
    loop.shutdown();
    owned.abandonAll();
    if (!lost) {
      try {
        executors.remove(settings.executorId());
      } catch (RuntimeException e) {
        LOG.warn("could not sign off: {}", e.getMessage());
      }
    }
  }
}
