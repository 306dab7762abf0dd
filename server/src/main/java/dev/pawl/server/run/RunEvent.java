package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that watchers of a run are told: of the three, one is given.
 *
 * @param sequence rises from 1 over all attempts of the run
 * @param at on the database's clock
 * @param run the run after a change
 * @param step the step after a change, without an output over 64 KiB
 * @param line what a step has logged
 */
public record RunEvent(
    long sequence,
    Instant at,
    @Nullable RunRecord run,
    @Nullable StepRecord step,
    @Nullable LogLine line) {
  public RunEvent {
    requireNonNull(at, "at");
    if (Stream.of(run, step, line).filter(Objects::nonNull).count() != 1) {
      throw new IllegalArgumentException("an event is about a run, a step, or a line of its log");
    }
  }

  public static RunEvent of(long sequence, Instant at, RunRecord run) {
    return new RunEvent(sequence, at, run, null, null);
  }

  public static RunEvent of(long sequence, Instant at, StepRecord step) {
    return new RunEvent(sequence, at, null, step, null);
  }

  public static RunEvent of(long sequence, Instant at, LogLine line) {
    return new RunEvent(sequence, at, null, null, line);
  }
}
