package dev.pawl.server.engine;

import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StaleRunException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens in one attempt, fenced by the generation under which it is owned. A refused
 * write stops the whole run here: somebody else has it. While the database is away, it waits.
 */
final class RunJournal {
  private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** SQLSTATE classes of what will be refused again: data, constraints, syntax, limits. */
  private static final Set<String> FUTILE = Set.of("22", "23", "42", "54");

  private final RunRecord run;
  private final RunStore store;
  private final RunBell bell;
  private final StopSignal signal;
  private final AtomicLong logged = new AtomicLong();
  private final RunMemory memory;
  private volatile @Nullable Held held;

  /** What waits for the run's end to be written. */
  private record Held(StepDraft before, RunChange success) {}

  RunJournal(RunRecord run, RunStore store, RunBell bell, StopSignal signal) {
    this.run = run;
    this.store = store;
    this.bell = bell;
    this.signal = signal;
    this.memory = new RunMemory(run);
  }

  /** What is stored of the run by this journal. */
  RunMemory memory() {
    return memory;
  }

  void step(StepRecord step) throws StaleRunException {
    write(RunChange.of(step));
  }

  /**
   * With what else it has left.
   *
   * @param left in the workspace; null for nothing
   * @param lines logged by it, and not stored yet
   */
  void step(StepRecord step, RunChange.@Nullable Files left, List<RunChange.Logged> lines)
      throws StaleRunException {
    write(new RunChange(List.of(step), null, null, left, lines));
  }

  /** The number of the next line that is logged under this generation. */
  long nextLine() {
    return logged.incrementAndGet();
  }

  void steps(List<StepRecord> steps) throws StaleRunException {
    write(new RunChange(steps, null));
  }

  /**
   * Keeps the success of the run's last step, to be written with the run's end: nothing begins
   * after it, so nobody needs it earlier.
   *
   * @param before the step without its success
   */
  void hold(StepDraft before, StepRecord success, List<RunChange.Logged> lines) {
    held = new Held(before, new RunChange(List.of(success), null, null, null, lines));
  }

  /** Writes the run's end, and what was held for it. */
  void end(RunChange.End end) throws StaleRunException {
    Held last = held;
    if (last == null) {
      write(new RunChange(List.of(), end, run.parentRun(), null));
      return;
    }
    held = null;
    RunChange success = last.success();
    try {
      write(new RunChange(success.steps(), end, run.parentRun(), null, success.logged()));
    } catch (RuntimeException e) {
      LOG.error("run {}: the success of its last step is refused", run.key().runId(), e);
      write(refused(last.before().failed(Defects.error(e)).record()));
    }
  }

  private RunChange refused(StepRecord step) {
    RunChange.End end = ConcludeRun.failed(List.of(step));
    return new RunChange(List.of(step), end, run.parentRun(), null);
  }

  /** Writes what is still held: the run did not come to its end here. */
  void release() {
    Held last = held;
    held = null;
    try {
      if (last != null) {
        write(last.success());
      }
    } catch (StaleRunException e) {
      LOG.info("{}", e.getMessage());
    }
  }

  /** Tells watchers something that nobody misses if it can't be told. */
  void tell(StepRecord step) {
    tell(RunChange.of(step));
  }

  /** Tries to store lines; whether they are. */
  boolean tell(List<RunChange.Logged> lines) {
    return tell(new RunChange(List.of(), null, null, null, lines));
  }

  private boolean tell(RunChange change) {
    try {
      memory.add(change, store.record(run.key(), run.generation(), change));
      bell.ring(run.key());
      return true;
    } catch (StaleRunException e) {
      signal.stop(StopSignal.Cause.LOST);
    } catch (RuntimeException e) {
      LOG.debug("run {}: watchers are not told: {}", run.key().runId(), e.getMessage());
    }
    return false;
  }

  /** Reads, as patiently as it writes. */
  <T> T read(Supplier<T> reading) throws StaleRunException {
    return insist(reading::get);
  }

  private void write(RunChange change) throws StaleRunException {
    insisted(
        change.end() == null && isDone(change.steps()) ? News.DONE : News.PLAN,
        // Writing the same again is safe: rows are replaced, an end written twice is refused.
        () -> memory.add(change, store.record(run.key(), run.generation(), change)));
  }

  /** What is done is worth writing down for whoever comes next, as long as the fence lets us. */
  private static boolean isDone(List<StepRecord> steps) {
    return steps.stream().allMatch(s -> s.status() == StepStatus.SUCCEEDED);
  }

  /** What a write tells. */
  enum News {
    /** Something is about to happen, or did not: of no use to whoever has the run by then. */
    PLAN,
    /** Something was done: worth writing down, as long as the fence lets us. */
    DONE
  }

  /** A write that may be repeated. */
  @FunctionalInterface
  interface Write {
    void run() throws StaleRunException;
  }

  /** The same without an answer. */
  void write(News news, Write write) throws StaleRunException {
    memory.miss();
    insisted(news, write);
  }

  private void insisted(News news, Write write) throws StaleRunException {
    insistedFor(
        news,
        () -> {
          write.run();
          return news;
        });
  }

  /** Something asked of the store, which may be asked again. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws StaleRunException;
  }

  /** What the store refuses to former owners, as patiently as all else; a refusal stops the run. */
  <T> T fenced(News news, Call<T> call) throws StaleRunException {
    memory.miss();
    return insistedFor(news, call);
  }

  private <T> T insistedFor(News news, Call<T> call) throws StaleRunException {
    if (signal.isLost() && news == News.PLAN) {
      throw stale();
    }
    try {
      T answer = insist(call);
      bell.ring(run.key());
      return answer;
    } catch (StaleRunException e) {
      signal.stop(StopSignal.Cause.LOST);
      bell.ring(run.key());
      throw e;
    }
  }

  private <T> T insist(Call<T> call) throws StaleRunException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return call.run();
      } catch (RuntimeException e) {
        if (isFutile(e)) {
          throw e;
        }
        if (signal.isLost()) {
          throw stale();
        }
        LOG.warn(
            "run {}: the store did not answer, trying again in {} ms: {}",
            run.key().runId(),
            pause.toMillis(),
            e.getMessage());
        rest(pause);
        Duration next = pause.multipliedBy(2);
        pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
      }
    }
  }

  /** An answer, a defect of ours, or data that the database will never take: waiting won't help. */
  private static boolean isFutile(RuntimeException e) {
    if (e instanceof ServerFailure
        || e instanceof IllegalArgumentException
        || e instanceof NullPointerException
        || e instanceof ClassCastException) {
      return true;
    }
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.length() > 1 && FUTILE.contains(state.substring(0, 2));
      }
    }
    return false;
  }

  /** An interrupt tells a call to stop, not its journal; it is kept for afterwards. */
  private static void rest(Duration pause) {
    boolean interrupted = false;
    long end = System.nanoTime() + pause.toNanos();
    try {
      while (true) {
        try {
          TimeUnit.NANOSECONDS.sleep(Math.max(0, end - System.nanoTime()));
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private StaleRunException stale() {
    return new StaleRunException(run.key(), run.generation());
  }
}
