package dev.pawl.server.engine;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An attempt's own timeout, which goes on while its run is put down. */
final class TimeLimit {
  private final @Nullable Duration left;
  private final long readAt = System.nanoTime();

  private TimeLimit(@Nullable Duration left) {
    this.left = left;
  }

  static TimeLimit of(RunRecord run, WorkflowDefinition definition, RunStore store) {
    return new TimeLimit(
        run.deadlineAt() == null
            ? definition.timeout()
            : store.timeLeft(run.key()).orElse(definition.timeout()));
  }

  /** As it was when this began; null for no limit. */
  @Nullable Duration left() {
    return left;
  }

  /** As it is now; null for no limit. */
  @Nullable Duration leftNow() {
    return left == null ? null : left.minusNanos(System.nanoTime() - readAt);
  }
}
