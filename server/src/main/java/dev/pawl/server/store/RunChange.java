package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.server.run.LogLine;
import dev.pawl.server.run.Manifest;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an executor writes about a run it owns, in one commit: steps, and possibly the end of the
 * attempt.
 *
 * @param steps inserted or replaced by (attempt, key)
 * @param end null while the attempt goes on
 * @param wakes the run whose step waits for this one's end; null for none
 * @param files that a step of it has left in the workspace; null for none
 * @param logged lines that were logged before
 */
public record RunChange(
    List<StepRecord> steps,
    @Nullable End end,
    @Nullable RunKey wakes,
    @Nullable Files files,
    List<Logged> logged) {

  /**
   * A line, and when it was logged.
   *
   * @param number rises from 1 for one generation of the run; a line of the same number is not
   *     stored again
   * @param nanos of {@link System#nanoTime}
   */
  public record Logged(LogLine line, long number, long nanos) {
    public Logged {
      requireNonNull(line, "line");
    }
  }

  /**
   * A change that is durable.
   *
   * @param at on the database's clock
   * @param sequence of the run's newest event
   */
  public record Written(Instant at, long sequence) {
    public Written {
      requireNonNull(at, "at");
    }
  }

  /**
   * The workspace after a step. All that it names has been stored and reserved by {@link
   * WorkspaceStore}.
   */
  public record Files(StepKey step, int attempt, Manifest manifest) {
    public Files {
      requireNonNull(step, "step");
      requireNonNull(manifest, "manifest");
    }
  }

  /** How the attempt ended; the run is then nobody's. */
  public record End(
      RunStatus status,
      @Nullable String reason,
      @Nullable String message,
      @Nullable JsonNode outputs) {
    public End {
      requireNonNull(status, "status");
      if (!status.hasEnded()) {
        throw new IllegalArgumentException("an attempt does not end as " + status);
      }
    }
  }

  public RunChange {
    steps = List.copyOf(steps);
    logged = List.copyOf(logged);
  }

  /** Without lines. */
  public RunChange(
      List<StepRecord> steps, @Nullable End end, @Nullable RunKey wakes, @Nullable Files files) {
    this(steps, end, wakes, files, List.of());
  }

  /** Without files. */
  public RunChange(List<StepRecord> steps, @Nullable End end) {
    this(steps, end, null, null);
  }

  public static RunChange of(StepRecord step) {
    return new RunChange(List.of(step), null);
  }

  public static RunChange end(List<StepRecord> steps, End end) {
    return new RunChange(steps, end);
  }
}
