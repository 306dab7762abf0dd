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

  /** After so many beats without an answer it counts as unable to work. */
  private static final int MISSED_BEATS = 3;

  /** Nobody waits for what is tidied away; once a minute by default. */
  private static final int TIDY_BEATS = 12;

  /** What interrupted calls get to write down what they have done. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final EngineSettings settings;
  private final ExecutorName name;
  private final ExecutorStore executors;
  private final RunStore runs;
  private final OwnedRuns owned;
  private final TendRuns tend;
  private final ShrinkKeys shrinkKeys;
  private final KeepHistory keepHistory;
  private final News news;

  /** One each for beating, watching over the beats, tending and tidying: none delays another. */
  private final ScheduledExecutorService loops =
      Executors.newScheduledThreadPool(
          4, Thread.ofPlatform().daemon().name("pawl-engine-", 1).factory());

  /** Of its own: a burst of news must not hold up the beats. */
  private final ExecutorService claims =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("pawl-claims").factory());

  private final AtomicBoolean claimAsked = new AtomicBoolean();
  private volatile long lastSign;
  private volatile boolean lost;
  private volatile boolean lastBeatFailed;
  private volatile boolean lastRoundFailed;

  private final Health health = new Health(this::isHealthy);

  @Inject
  Engine(
      EngineSettings settings,
      ExecutorName name,
      ExecutorStore executors,
      RunStore runs,
      OwnedRuns owned,
      TendRuns tend,
      ShrinkKeys shrinkKeys,
      KeepHistory keepHistory,
      News news) {
    this.settings = settings;
    this.name = name;
    this.executors = executors;
    this.runs = runs;
    this.owned = owned;
    this.tend = tend;
    this.shrinkKeys = shrinkKeys;
    this.keepHistory = keepHistory;
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
    tidy("making room for history", keepHistory::prepare);
    tend();
    every(1, this::beat);
    every(1, this::watchOverBeats);
    every(1, this::tend);
    every(TIDY_BEATS, this::tidy);
  }

  private void every(int beats, Runnable task) {
    long millis = settings.heartbeat().multipliedBy(beats).toMillis();
    var unused =
        loops.scheduleWithFixedDelay(() -> survive(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** A task that throws would never be called again. */
  private static void survive(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a loop of this executor failed, and goes on with its next turn", e);
    }
  }

  /** How many runs are being worked on. */
  public int activeRuns() {
    return owned.active();
  }

  /** Whether nothing is under way, nor will be without anybody's call. */
  public boolean isIdle() {
    return owned.active() == 0 && !runs.isAnythingToCome();
  }

  /** Whether it can take and keep runs: false while the database does not let it. */
  public boolean isHealthy() {
    return !lost
        && !lastBeatFailed
        && !lastRoundFailed
        && silence().compareTo(settings.heartbeat().multipliedBy(MISSED_BEATS)) < 0;
  }

  /** Tells how it is now, and whenever that changes. */
  public void watchHealth(HealthListener listener) {
    health.watch(listener);
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
      lastBeatFailed = false;
      health.tell();
      runs.withNews(name.current()).forEach(this::hear);
    } catch (RuntimeException e) {
      lastBeatFailed = true;
      health.tell();
      LOG.warn("the heartbeat failed and is tried again: {}", e.getMessage());
    }
  }

  /** A statement that hangs holds up the beat, but not this. */
  private void watchOverBeats() {
    if (silence().compareTo(settings.recoverTasksTimeout().minus(settings.heartbeat())) > 0) {
      giveUp("no sign of life could be given for " + silence().toMillis() + " ms");
    }
    health.tell();
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
      lastRoundFailed = false;
    } catch (RuntimeException e) {
      lastRoundFailed = true;
      LOG.warn("looking for runs to take failed and is tried again: {}", e.getMessage());
    }
    health.tell();
  }

  /** What is left over grows slowly, so nobody waits for this. */
  private void tidy() {
    tidy("letting expired idempotency keys go", shrinkKeys::run);
    tidy("making room for history", keepHistory::prepare);
    tidy("letting old runs go", keepHistory::run);
  }

  private static void tidy(String what, Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      LOG.warn("{} failed and is tried again: {}", what, e.getMessage());
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
