package dev.pawl.model.checkpoint;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.MethodException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is written down about the checkpoints of one step, or of one item of it, in one run. */
public interface CheckpointLog {

  /** How far the work has come. */
  enum State {
    /** It was begun; without a further entry its outcome is unknown. */
    STARTED,
    /** Its result is kept. */
    DONE,
    /** It was begun, and certainly did nothing. */
    NOT_MADE
  }

  /**
   * The latest that is known about one checkpoint.
   *
   * @param inputHash of the input it was done with
   * @param result null unless DONE; JSON null is a result
   */
  record Entry(State state, String inputHash, @Nullable JsonNode result) {
    public Entry {
      requireNonNull(state, "state");
      requireNonNull(inputHash, "inputHash");
      if ((state == State.DONE) != (result != null)) {
        throw new IllegalArgumentException("a checkpoint that is " + state + " has " + result);
      }
    }

    public static Entry started(String inputHash) {
      return new Entry(State.STARTED, inputHash, null);
    }

    public static Entry done(String inputHash, JsonNode result) {
      return new Entry(State.DONE, inputHash, result);
    }

    public static Entry notMade(String inputHash) {
      return new Entry(State.NOT_MADE, inputHash, null);
    }
  }

  /** The entry that counts; empty where the work was never begun, or is to begin from nothing. */
  Optional<Entry> latest(String name) throws MethodException;

  /**
   * Writes this attempt's entry, durable when it returns.
   *
   * @throws MethodException CLAIM_STALE when the run is not this attempt's any more; nothing is
   *     written
   */
  void write(String name, Entry entry) throws MethodException;
}
