package dev.pawl.server.engine;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does something after a while, unless told earlier that it is not needed. */
@Singleton
final class Timers {
  private final ScheduledThreadPoolExecutor threads;

  /** Closing it takes the action back, if it has not begun. */
  interface Alarm extends AutoCloseable {
    @Override
    void close();
  }

  @Inject
  Timers() {
    threads =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("pawl-timers").factory());
    // A step that has ended must not be held in memory until its timeout.
    threads.setRemoveOnCancelPolicy(true);
  }

  /**
   * Sets an alarm.
   *
   * @param time null: never
   */
  Alarm after(@Nullable Duration time, Runnable action) {
    if (time == null) {
      return () -> {};
    }
    ScheduledFuture<?> waiting = threads.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    return () -> waiting.cancel(false);
  }

  /** How many alarms are set. */
  int waiting() {
    return threads.getQueue().size();
  }
}
