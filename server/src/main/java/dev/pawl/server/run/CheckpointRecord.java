package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of one step execution.
 *
 * @param attempt that began the work
 * @param name 1 to 127 characters
 * @param inputHash of what the work depended on
 * @param result null unless DONE; JSON null is a result
 * @param startedAt on the database's clock; any value when writing
 * @param endedAt null while STARTED; any value when writing
 */
public record CheckpointRecord(
    StepKey step,
    int attempt,
    String name,
    State state,
    String inputHash,
    @Nullable JsonNode result,
    Instant startedAt,
    @Nullable Instant endedAt) {

  /** How far the work has come. */
  public enum State {
    /** It was begun; whether it was done is unknown. */
    STARTED,
    /** Its result is kept. */
    DONE,
    /** It was begun, and certainly did nothing. */
    NOT_MADE;

    /** The states that may follow in the same attempt; the step's own retry begins it again. */
    public Set<State> next() {
      return switch (this) {
        case STARTED -> EnumSet.allOf(State.class);
        case DONE, NOT_MADE -> EnumSet.of(STARTED);
      };
    }
  }

  public CheckpointRecord {
    requireNonNull(step, "step");
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    requireNonNull(inputHash, "inputHash");
    requireNonNull(startedAt, "startedAt");
    if ((state == State.DONE) != (result != null)) {
      throw new IllegalArgumentException(
          step + ": checkpoint " + name + " has a result exactly when it is DONE, not " + state);
    }
  }
}
