package dev.pawl.server.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells the threads of one run to stop, and why. A thread is interrupted only inside {@link
 * #interruptibly}; the store keeps an interrupt for after a write, so that none is cut off
 * half-way.
 */
final class StopSignal {
  /** Why a run stops. */
  enum Cause {
    /** Somebody asked for it. */
    CANCELLED,
    /** The run's own time ran out. */
    TIMED_OUT,
    /** A step failed and the workflow is fail-fast. */
    FAILED_FAST,
    /** The run is no longer ours: nothing more may be written or sent. */
    LOST
  }

  /** What runs under the signal. */
  @FunctionalInterface
  interface Body<T, X extends Exception> {
    T run() throws X, InterruptedException;
  }

  private final Map<Thread, Section> sections = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Cause cause;

  /** One thread inside {@link #interruptibly}. */
  final class Section {
    private final Thread thread = Thread.currentThread();

    /** Interrupts the section's thread, if it is still inside. */
    void interrupt() {
      synchronized (StopSignal.this) {
        if (sections.get(thread) == this) {
          thread.interrupt();
        }
      }
    }
  }

  /** Runs a body that the signal may interrupt; afterwards the thread is not interrupted. */
  <T, X extends Exception> T interruptibly(Function<Section, Body<T, X>> body)
      throws X, InterruptedException {
    Section section = new Section();
    synchronized (this) {
      if (cause != null) {
        throw new InterruptedException("the run stops: " + cause);
      }
      if (sections.putIfAbsent(section.thread, section) != null) {
        throw new IllegalStateException("a section inside a section would end the outer one");
      }
    }
    try {
      return body.apply(section).run();
    } finally {
      synchronized (this) {
        sections.remove(section.thread);
        Thread.interrupted();
      }
    }
  }

  /** Stops the run. The first cause stays, but for LOST, which beats every other. */
  void stop(Cause why) {
    synchronized (this) {
      boolean isNews = cause == null || (why == Cause.LOST && cause != Cause.LOST);
      if (!isNews) {
        return;
      }
      // Once only: a call that is asked to stop may need its time to find out what it has done.
      cause = why;
      List.copyOf(sections.values()).forEach(Section::interrupt);
    }
    listeners.forEach(Runnable::run);
  }

  /**
   * Also tells somebody without a thread to interrupt: at each news, and at once if there was some.
   *
   * @return takes it back
   */
  Timers.Alarm onStop(Runnable listener) {
    listeners.add(listener);
    if (cause() != null) {
      listener.run();
    }
    return () -> listeners.remove(listener);
  }

  synchronized @Nullable Cause cause() {
    return cause;
  }

  boolean isLost() {
    return cause() == Cause.LOST;
  }
}
