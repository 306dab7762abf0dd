package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.Waiting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wait to begin, together with its step's row.
 *
 * @param step as it is to be written, WAITING
 * @param lasts how long a sleep or a rest lasts from now; null where {@code until} says it, or for
 *     other kinds
 * @param until when a sleep ends; null where {@code lasts} says it, or for other kinds
 * @param timeout of the step, counted from now; null for none
 * @param prompt of an approval; empty for other kinds
 * @param child the run to wait for; null for other kinds
 */
public record NewWait(
    StepRecord step,
    Waiting.Kind kind,
    @Nullable Duration lasts,
    @Nullable Instant until,
    @Nullable Duration timeout,
    String prompt,
    @Nullable Child child) {

  /** How the child run comes about. */
  public sealed interface Child {
    String runId();

    /** It is a new run. */
    record Start(NewRun run) implements Child {
      @Override
      public String runId() {
        return run.key().runId();
      }
    }

    /** It begins its next attempt. */
    record Again(NewAttempt attempt) implements Child {
      @Override
      public String runId() {
        return attempt.read().key().runId();
      }
    }

    /** It is there, whatever its status. */
    record There(String runId) implements Child {}
  }

  public NewWait {
    requireNonNull(step, "step");
    requireNonNull(kind, "kind");
    requireNonNull(prompt, "prompt");
  }

  public static NewWait sleep(
      StepRecord step,
      @Nullable Duration lasts,
      @Nullable Instant until,
      @Nullable Duration timeout) {
    return new NewWait(step, Waiting.Kind.TIME, lasts, until, timeout, "", null);
  }

  /**
   * A method's rest; it takes the place of the one before, but for the timeout, which counts from
   * the first rest that has one.
   */
  public static NewWait again(StepRecord step, Duration pause, @Nullable Duration timeout) {
    return new NewWait(step, Waiting.Kind.AGAIN, pause, null, timeout, "", null);
  }

  public static NewWait approval(StepRecord step, String prompt, @Nullable Duration timeout) {
    return new NewWait(step, Waiting.Kind.APPROVAL, null, null, timeout, prompt, null);
  }

  public static NewWait child(StepRecord step, Child child, @Nullable Duration timeout) {
    return new NewWait(step, Waiting.Kind.CHILD, null, null, timeout, "", child);
  }
}
