package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a step waits for, or waited for, as stored.
 *
 * @param attempt the attempt in which it waits
 * @param since when it began, on the database's clock
 * @param dueAt when a sleep ends, or a method is called again; null for other kinds
 * @param dueIn the same from the moment of reading; not above zero once it is over
 * @param deadlineIn until the step's own timeout, likewise; null for none
 * @param prompt of an approval; empty for other kinds
 * @param childRunId null for other kinds
 * @param answer of an approval; null while it is open, and for other kinds
 * @param closed whether the step gave up waiting
 */
public record Waiting(
    StepKey step,
    int attempt,
    Kind kind,
    Instant since,
    @Nullable Instant dueAt,
    @Nullable Duration dueIn,
    @Nullable Duration deadlineIn,
    String prompt,
    @Nullable String childRunId,
    @Nullable Answer answer,
    boolean closed) {

  /** What ends a wait. */
  public enum Kind {
    TIME,
    APPROVAL,
    CHILD,
    /** A method has given its turn back until a time. */
    AGAIN
  }

  /** What a person decided. */
  public enum Decision {
    APPROVED,
    REJECTED
  }

  /** A decision, with who made it, in whose words, and when. */
  public record Answer(Decision decision, String by, String comment, Instant at) {
    public Answer {
      requireNonNull(decision, "decision");
      requireNonNull(by, "by");
      requireNonNull(comment, "comment");
      requireNonNull(at, "at");
    }
  }

  public Waiting {
    requireNonNull(step, "step");
    requireNonNull(kind, "kind");
    requireNonNull(since, "since");
    requireNonNull(prompt, "prompt");
  }

  /** Whether its own time is over: a sleep's end, or else the step's timeout. */
  public boolean isDue() {
    return dueIn != null && !dueIn.isPositive();
  }

  /** Whether the step's timeout is over. */
  public boolean isLate() {
    return deadlineIn != null && !deadlineIn.isPositive();
  }
}
