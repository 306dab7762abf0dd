package dev.pawl.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.server.run.LogLine;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.RunChange.Logged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a step logs, until it is stored: with the step's next write, or a moment
 * after it was logged. How much it may log is limited.
 */
final class StepLog implements AutoCloseable {
  static final Limits LIMITS = new Limits(1_000, 1 << 20);

  /** The longest line, in bytes of UTF-8. */
  static final int LINE = 16 << 10;

  /** How long a line waits for a write of its step's. */
  static final Duration MOMENT = Duration.ofMillis(500);

  private static final String CUT = " … (cut: a line of the log has at most 16 KiB)";

  /**
   * Of one execution.
   *
   * @param bytes of UTF-8
   */
  record Limits(int lines, int bytes) {}

  private final StepKey step;
  private final int attempt;
  private final Limits limits;
  private final RunJournal journal;
  private final Timers timers;
  private final Runnable flush;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Logged> pending = new ArrayList<>();
  private Timers.@Nullable Alarm alarm;
  private int lines;
  private int bytes;
  private boolean closed;

  /**
   * Empty.
   *
   * @param flush has {@link #pending} stored; called on the timers' thread, so it must not wait
   */
  StepLog(
      StepKey step, int attempt, Limits limits, RunJournal journal, Timers timers, Runnable flush) {
    this.step = step;
    this.attempt = attempt;
    this.limits = limits;
    this.journal = journal;
    this.timers = timers;
    this.flush = flush;
  }

  /** Adds the lines of a text; those over the limit, and those after the end, are dropped. */
  void add(LogLine.Level level, String text) {
    lock.lock();
    try {
      text.lines().forEach(line -> addLine(level, line));
      awaitMoment();
    } finally {
      lock.unlock();
    }
  }

  private void addLine(LogLine.Level level, String text) {
    if (closed || lines > limits.lines()) {
      return;
    }
    String line = cut(text);
    int size = line.getBytes(UTF_8).length;
    if (lines == limits.lines() || bytes + size > limits.bytes()) {
      lines = limits.lines() + 1;
      put(LogLine.Level.WARN, full());
      return;
    }
    lines++;
    bytes += size;
    put(level, line);
  }

  private void put(LogLine.Level level, String line) {
    pending.add(
        new Logged(new LogLine(step, attempt, level, line), journal.nextLine(), System.nanoTime()));
  }

  private String full() {
    return "more was left out: the log of one execution of a step has at most "
        + limits.lines()
        + " lines and "
        + limits.bytes()
        + " bytes";
  }

  /** Storable text: PostgreSQL takes no NUL, and half a surrogate pair is no UTF-8. */
  private static String cut(String text) {
    // Longer than this it is cut anyway; a character has at least one byte.
    String some = text.length() > LINE ? text.substring(0, LINE + 1) : text;
    byte[] all = some.replace('\0', '\ufffd').getBytes(UTF_8);
    if (all.length <= LINE) {
      return new String(all, UTF_8);
    }
    int end = LINE - CUT.getBytes(UTF_8).length;
    while ((all[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(all, 0, end, UTF_8) + CUT;
  }

  private void awaitMoment() {
    if (alarm == null && !closed && !pending.isEmpty()) {
      alarm = timers.after(MOMENT, flush);
    }
  }

  /** What is not stored yet. Of several who store it, only one may do so at a time. */
  List<Logged> pending() {
    lock.lock();
    try {
      return List.copyOf(pending);
    } finally {
      lock.unlock();
    }
  }

  /** The first so many lines of {@link #pending} are stored; what is left waits a moment more. */
  void stored(int count) {
    lock.lock();
    try {
      pending.subList(0, count).clear();
      takeAlarmBack();
      awaitMoment();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is kept: all that was logged in time is stored. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      takeAlarmBack();
    } finally {
      lock.unlock();
    }
  }

  private void takeAlarmBack() {
    if (alarm != null) {
      alarm.close();
      alarm = null;
    }
  }
}
