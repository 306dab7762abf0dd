package dev.pawl.server.engine;

import dev.pawl.server.run.StepError;
import java.util.List;

/** What people are told of our own mistakes; the log has the rest. */
final class Defects {
  private Defects() {}

  static String words(Throwable defect) {
    String name = defect.getClass().getSimpleName();
    return defect.getMessage() == null ? name : name + ": " + defect.getMessage();
  }

  static StepError error(Throwable defect) {
    return new StepError(
        "INTERNAL",
        "INTERNAL",
        "a defect of the server ended the step ("
            + words(defect)
            + "); its log has the details; a retry runs the step again",
        null,
        0,
        List.of());
  }
}
