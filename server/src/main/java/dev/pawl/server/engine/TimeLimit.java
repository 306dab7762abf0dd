package dev.pawl.server.engine;

import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an attempt may still take: its own timeout, or what is left of the time that all
 * attempts have together. Both go on while the run is put down.
 */
final class TimeLimit {
  /**
   * Two times as near as this are one: the later one has passed by the time anybody reads of it.
   */
  private static final Duration SAME = Duration.ofSeconds(1);

  private final @Nullable Duration left;
  private final boolean isOfAll;
  private final long readAt = System.nanoTime();

  private TimeLimit(@Nullable Duration own, @Nullable Duration ofAll) {
    this.isOfAll = ofAll != null && (own == null || ofAll.minus(own).compareTo(SAME) < 0);
    this.left = ofAll != null && (own == null || ofAll.compareTo(own) < 0) ? ofAll : own;
  }

  static TimeLimit of(RunRecord run, WorkflowDefinition definition, RunStore store) {
    Duration own =
        run.deadlineAt() == null
            ? definition.timeout()
            : store.timeLeft(run.key()).orElse(definition.timeout());
    return new TimeLimit(own, leftOfAll(run, definition, store));
  }

  /** What is left for this and all further attempts; null for no limit. */
  static @Nullable Duration leftOfAll(
      RunRecord run, WorkflowDefinition definition, RunStore store) {
    Duration total = definition.totalTimeout();
    return total == null ? null : total.minus(store.age(run.key()));
  }

  /** As it was when this began; null for no limit. */
  @Nullable Duration left() {
    return left;
  }

  /** Whether it was over when this began. */
  boolean isOver() {
    return left != null && !left.isPositive();
  }

  /** As it is now; null for no limit. */
  @Nullable Duration leftNow() {
    return left == null ? null : left.minusNanos(System.nanoTime() - readAt);
  }

  /** What is said of an attempt that it has ended. */
  String passed(WorkflowDefinition definition) {
    return isOfAll
        ? "the run did not end within its totalTimeout of "
            + definition.totalTimeout()
            + ", which counts from its creation over all attempts; only a retry with a definition"
            + " that raises it can go on"
        : "the run did not end within its timeout of " + definition.timeout();
  }
}
