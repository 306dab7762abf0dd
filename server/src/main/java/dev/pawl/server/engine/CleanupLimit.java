package dev.pawl.server.engine;

import dev.pawl.server.workflow.StepDefinition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a cleanup step without a timeout of its own may go on once its run stops. */
final class CleanupLimit implements Timers.Alarm {
  static final Duration LONGEST = Duration.ofMinutes(5);
  static final String WORDS = LONGEST + ", which is what cleanup has once its run stops";

  private final Timers timers;
  private final Duration longest;
  private final Runnable late;
  private Timers.Alarm listening = () -> {};
  private Timers.@Nullable Alarm alarm;
  private boolean closed;

  CleanupLimit(Timers timers, Duration longest, Runnable late) {
    this.timers = timers;
    this.longest = longest;
    this.late = late;
  }

  static Timers.Alarm of(StepDefinition step, ExecuteStep.Surroundings around, Runnable late) {
    if (!step.always() || step.timeout() != null) {
      return () -> {};
    }
    return new CleanupLimit(around.parts().timers(), LONGEST, late).from(around.live().stop());
  }

  /**
   * For a rest of the step: what it is given once its run stops; null while it has all the time.
   */
  static @Nullable Duration ofRest(StepDefinition step, ExecuteStep.Surroundings around) {
    boolean limited = step.always() && step.timeout() == null;
    return limited && around.live().stop().cause() != null ? LONGEST : null;
  }

  /** Counts from the run's stop, or from now if it stops already. */
  CleanupLimit from(StopSignal run) {
    listening = run.onStop(this::begin);
    return this;
  }

  private synchronized void begin() {
    if (alarm == null && !closed) {
      alarm = timers.after(longest, late);
    }
  }

  @Override
  public void close() {
    listening.close();
    synchronized (this) {
      closed = true;
      if (alarm != null) {
        alarm.close();
      }
    }
  }
}
