package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that watchers of a run are told.
 *
 * @param sequence rises from 1 over all attempts of the run
 * @param at on the database's clock
 * @param run the run after a change; null for a step's event
 * @param step the step after a change, without an output over 64 KiB; null for a run's event
 */
public record RunEvent(
    long sequence, Instant at, @Nullable RunRecord run, @Nullable StepRecord step) {
  public RunEvent {
    requireNonNull(at, "at");
    if ((run == null) == (step == null)) {
      throw new IllegalArgumentException("an event is about a run or about a step");
    }
  }
}
