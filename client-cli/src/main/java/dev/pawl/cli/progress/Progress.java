package dev.pawl.cli.progress;

import dev.pawl.v1.LogLine;
import dev.pawl.v1.Run;
import dev.pawl.v1.StepExecution;

/** Shows a run to whoever waits for it. */
public interface Progress extends AutoCloseable {

  /** The run's own status changed. */
  void run(Run run);

  /** A step execution changed, or is seen for the first time. */
  void step(StepExecution step);

  /** A step logged a line. */
  void log(LogLine line);

  /** Something about the connection, not the run. */
  void note(String sentence);

  /** Nothing more comes. */
  @Override
  void close();
}
