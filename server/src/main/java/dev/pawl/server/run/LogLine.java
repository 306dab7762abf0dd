package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

/**
 * A line that a step's method has logged.
 *
 * @param message without its line end, the credentials of connections hidden, at most 16 KiB
 */
public record LogLine(StepKey step, int attempt, Level level, String message) {

  /** How loud it is. */
  public enum Level {
    /** For whoever follows the run. */
    INFO,
    /** Something was odd and was dealt with. */
    WARN,
    /** Something failed. */
    ERROR
  }

  public LogLine {
    requireNonNull(step, "step");
    requireNonNull(level, "level");
    requireNonNull(message, "message");
  }
}
