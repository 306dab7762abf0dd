package dev.pawl.server.engine;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.ExecutorStore;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as an executor: shows signs of life, takes queued and abandoned runs, and stops at
 * once when it was taken for dead.
 */
@Singleton
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** What interrupted calls get to write down what they have done. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final EngineSettings settings;
  private final ExecutorName name;
  private final ExecutorStore executors;
  private final RunStore runs;
  private final OwnedRuns owned;
  private final TendRuns tend;
  private final News news;

  /** One each for beating, for watching over the beats and for tending: none may delay another. */
  private final ScheduledExecutorService loops =
      Executors.newScheduledThreadPool(
          3, Thread.ofPlatform().daemon().name("pawl-engine-", 1).factory());

  /** Of its own: a burst of news must not hold up the beats. */
  private final ExecutorService claims =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("pawl-claims").factory());

  private final AtomicBoolean claimAsked = new AtomicBoolean();
  private volatile long lastSign;
  private volatile boolean lost;

  @Inject
  Engine(
      EngineSettings settings,
      ExecutorName name,
      ExecutorStore executors,
      RunStore runs,
      OwnedRuns owned,
      TendRuns tend,
      News news) {
    this.settings = settings;
    this.name = name;
    this.executors = executors;
    this.runs = runs;
    this.owned = owned;
    this.tend = tend;
    this.news = news;
  }

  /** Registers, recovers what a dead predecessor left, and begins to beat. */
  public void start() {
    lastSign = System.nanoTime();
    news.tell(new Here());
    executors.register(name.current(), settings.address());
    if (settings.database() == EngineSettings.DatabaseUse.EXCLUSIVE) {
      int gone = executors.removeOthers(name.current());
      if (gone > 0) {
        LOG.info("{} earlier server(s) ended without saying so; their runs are recovered", gone);
      }
    }
    tend();
    every(this::beat);
    every(this::watchOverBeats);
    every(this::tend);
  }

  private void every(Runnable task) {
    long millis = settings.heartbeat().toMillis();
    var unused = loops.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** How many runs are being worked on. */
  public int activeRuns() {
    return owned.active();
  }

  /** Whether nothing is under way, nor will be without anybody's call. */
  public boolean isIdle() {
    return owned.active() == 0 && !runs.isAnythingToCome();
  }

  /** Whether it can take and keep runs: false while the database cannot be reached. */
  public boolean isHealthy() {
    return !lost && silence().compareTo(settings.recoverTasksTimeout()) < 0;
  }

  private Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastSign);
  }

  private void beat() {
    try {
      watchOverBeats();
      if (lost) {
        rejoin();
      }
      long before = System.nanoTime();
      if (!executors.heartbeat(name.current())) {
        giveUp("this executor was taken for dead; its runs belong to others now");
        return;
      }
      lastSign = before;
      runs.withNews(name.current()).forEach(this::hear);
    } catch (RuntimeException e) {
      LOG.warn("the heartbeat failed and is tried again: {}", e.getMessage());
    }
  }

  /** A statement that hangs holds up the beat, but not this. */
  private void watchOverBeats() {
    if (silence().compareTo(settings.recoverTasksTimeout().minus(settings.heartbeat())) > 0) {
      giveUp("no sign of life could be given for " + silence().toMillis() + " ms");
    }
  }

  private synchronized void giveUp(String why) {
    if (!lost) {
      lost = true;
      LOG.error("{}; all work stops here", why);
      owned.abandonAll();
    }
  }

  /** Comes back under another name: what it had under the old one is in other hands. */
  private void rejoin() {
    executors.remove(name.current());
    name.renew();
    long before = System.nanoTime();
    executors.register(name.current(), settings.address());
    synchronized (this) {
      lastSign = before;
      lost = false;
      owned.reopen();
    }
    LOG.info("this executor is back, as {}", name.current());
  }

  private void hear(RunRecord run) {
    if (run.cancelRequestedAt() != null) {
      owned.stop(run.key(), StopSignal.Cause.CANCELLED);
    }
    if (run.cancelAgainAt() != null) {
      owned.stopCleanup(run.key());
    }
    owned.look(run.key());
  }

  /** What other parts of this process have to tell about runs. */
  private final class Here implements News.Ear {
    @Override
    public boolean hear(RunKey run) {
      return owned.look(run);
    }

    @Override
    public boolean stop(RunKey run) {
      return owned.stop(run, StopSignal.Cause.CANCELLED);
    }

    @Override
    public void claim() {
      if (claimAsked.compareAndSet(false, true)) {
        try {
          claims.execute(Engine.this::claimAsked);
        } catch (RejectedExecutionException e) {
          LOG.debug("no more runs are taken: this executor is leaving");
        }
      }
    }
  }

  private void claimAsked() {
    claimAsked.set(false);
    tend(tend::claim);
  }

  private void tend() {
    tend(tend::run);
  }

  private void tend(Runnable round) {
    if (lost) {
      return;
    }
    try {
      round.run();
    } catch (RuntimeException e) {
      LOG.warn("looking for runs to take failed and is tried again: {}", e.getMessage());
    }
  }

  /**
   * Takes no more runs and begins no more steps; waits for the steps under way, then leaves their
   * runs to others. {@link #close} stops what is still under way then.
   */
  public void drain(Duration longest) throws InterruptedException {
    owned.drain();
    owned.awaitIdle(longest);
  }

  /** Stops what is under way, and leaves it to others at once. */
  @Override
  public void close() {
    owned.drain();
    loops.shutdown();
    claims.shutdown();
    owned.abandonAll();
    try {
      // A beat that is under way must not come after the signing off.
      loops.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      owned.awaitIdle(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!lost) {
      try {
        executors.remove(name.current());
      } catch (RuntimeException e) {
        LOG.warn("could not sign off: {}", e.getMessage());
      }
    }
  }
}
